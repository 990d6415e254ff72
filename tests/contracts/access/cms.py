"""What the public reads, and the content lists of the office: those who write see them."""

from tests.contracts.access import Access

READ = {"editor": 200, "administrator": 200, "programme_staff": 200}
LISTS = ["calls", "stories", "news", "centres", "pages"]


def word(world):
    return {"q": "창업"}


ROWS = [
    Access("search", everyone=200),
    Access("search", data=word, everyone=200),
    Access("sitemap", everyone=200),
    Access("robots", everyone=200),
    *(Access(f"content_{name}:{view}", **READ) for name in LISTS for view in ("index", "index_results")),
    # one place to put it: straight to the form
    Access("content_calls:choose_parent", editor=302, administrator=302, programme_staff=302),
    *(Access(f"content_{name}:choose_parent", editor=302, administrator=302) for name in LISTS[1:]),
    # nothing chosen: asked again
    Access("content_calls:choose_parent", "post", editor=200, administrator=200, programme_staff=200),
    *(Access(f"content_{name}:choose_parent", "post", editor=200, administrator=200) for name in LISTS[1:]),
]
