"""What the public reads, and the content lists of the office: those who write see them."""

from tests.contracts.access import Access

WRITERS = {"editor": 200, "administrator": 200, "programme_staff": 200}
LISTS = ["calls", "stories", "news", "centres", "pages"]


def word(world):
    return {"q": "창업"}


ROWS = [
    Access("search", everyone=200),
    Access("search", data=word, everyone=200),
    Access("sitemap", everyone=200),
    Access("robots", everyone=200),
    *(
        Access(f"content_{name}:{view}", **WRITERS)
        for name in LISTS
        for view in ("index", "index_results", "choose_parent")
    ),
]
