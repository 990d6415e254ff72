"""Whatever is typed into a search of the office or the site is looked for as words."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page

from core.accounts.models import User
from tests.cms import factories

pytestmark = pytest.mark.django_db

LISTS = [f"content_{name}:index" for name in ("calls", "stories", "news", "centres", "pages")]
OTHERS = ["wagtaildocs:index", "wagtailimages:index", "wagtailadmin_pages:search", "search"]
TYPED = {
    "a quotation mark": '"',
    "quoted": '"창업 지원"',
    "half quoted": 'a"b',
    "an apostrophe": "it's",
    "a star": "창업*",
    "only a star": "*",
    "a minus": "-창업 - --",
    "an operator": "NEAR(창업 지원) AND NOT OR",
    "brackets": "((창업] {",
    "a column": "title : 창업 ^",
    "a per cent sign": "100% %s %%",
    "backslashes": "\\ \\'",
    "an emoji": "🚀 창업🚀",
    "very long": "가" * 10_000,
    "very many words": "창업 " * 5_000,
    "very many quotes": '"' * 10_000,
    "very many phrases": '"a" b ' * 2_000,
}


@pytest.fixture
def editor(client):
    user = User.objects.create_user(email="editor@example.com", name="편집")
    user.groups.add(Group.objects.get(name="administrator"))
    client.force_login(user)
    return client


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_no_search_fails_on_what_is_typed(editor, text):
    for name in [*LISTS, *OTHERS]:
        assert editor.get(reverse(name), {"q": text}).status_code == 200, name


def test_quotes_do_not_hide_what_is_looked_for(editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.news("설명회를 열어요")
        Document.objects.create(title="모집 공고문", file="a.pdf")
    assert Page.objects.all().autocomplete('"설명회를').count() == 1
    assert Document.objects.search('"모집" 공고문').count() == 1
    assert not Page.objects.all().search('"').count()
