"""What the public reads, and the content lists of the office: those who write see them."""

from tests.contracts.access import Access
from tests.core.accounts.factories import BusinessFactory
from tests.incubator.factories import graduated

READ = {"editor": 200, "administrator": 200, "programme_staff": 200}
LISTS = ["calls", "stories", "news", "centres", "pages"]


def graduate(world):
    return {"pk": BusinessFactory(owner=graduated().applicant).pk}


def stranger(world):
    return {"pk": BusinessFactory().pk}


def word(world):
    return {"q": "창업"}


ROWS = [
    Access("search", everyone=200),
    Access("search", data=word, everyone=200),
    Access("sitemap", everyone=200),
    Access("robots", everyone=200),
    *(Access(f"content_{name}:{view}", **READ) for name in LISTS for view in ("index", "index_results")),
    # the businesses of stories, for those who write them
    Access("business_chooser:choose", editor=200, administrator=200),
    Access("business_chooser:choose_results", editor=200, administrator=200),
    Access("business_chooser:chosen", args=graduate, editor=200, administrator=200),
    Access("business_chooser:chosen", args=stranger, editor=404, administrator=404),
    Access("business_chooser:chosen_multiple", editor=200, administrator=200),
    Access("business_chooser:create"),  # a business is registered by its owner
    # one place to put it: straight to the form
    Access("content_calls:choose_parent", editor=302, administrator=302, programme_staff=302),
    *(Access(f"content_{name}:choose_parent", editor=302, administrator=302) for name in LISTS[1:]),
]
