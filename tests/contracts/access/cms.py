"""What the public reads, and the content lists of the office: those who write see them."""

from wagtail.models import Site

from cms.models import HomePage
from tests.contracts.access import Access
from tests.core.accounts.factories import BusinessFactory
from tests.incubator.factories import graduated

WRITE = {"editor": 200, "administrator": 200, "programme_staff": 200}
READ = {**WRITE, "auditor": 200}
LISTS = ["calls", "stories", "news", "centres", "pages"]
FILES = ["office_pictures", "office_documents", "office_approvals", "office_approval_tasks"]


def graduate(world):
    return {"pk": BusinessFactory(owner=graduated().applicant).pk}


def stranger(world):
    return {"pk": BusinessFactory().pk}


def page(world):
    return {"pk": HomePage.objects.get().pk}


def site(world):
    return {"pk": Site.objects.get().pk}


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
    # a business is registered by its owner
    Access("business_chooser:create"),
    Access("business_chooser:create", "post"),
    # the auditor reads what others write: in Wagtail's own lists …
    Access("office_pages", auditor="/office/content/all/", **dict.fromkeys(WRITE, 302)),
    *(Access(f"{name}{part}", **READ) for name in FILES for part in ("", "_results")),
    Access("office_contact", auditor=200, administrator=302),
    Access("office_contact", "post", auditor=200, administrator=302),
    Access("office_contact_of_site", args=site, auditor=200, administrator=200),
    Access("office_contact_of_site", "post", args=site, auditor=200, administrator=200),
    # … and on pages of its own
    Access("content_all:index", **READ),
    Access("content_all:index_results", **READ),
    Access("office_read_page", args=page, auditor=200),
    Access("office_read_draft", args=page, auditor=200),
    # one place to put it: straight to the form
    Access("content_calls:choose_parent", editor=302, administrator=302, programme_staff=302),
    *(Access(f"content_{name}:choose_parent", editor=302, administrator=302) for name in LISTS[1:]),
    # nothing chosen: asked again
    Access("content_calls:choose_parent", "post", editor=200, administrator=200, programme_staff=200),
    *(Access(f"content_{name}:choose_parent", "post", editor=200, administrator=200) for name in LISTS[1:]),
]
