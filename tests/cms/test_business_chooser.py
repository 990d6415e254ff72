"""The business of a story is chosen among those that took part, with pages and a search."""

import pytest
from django.urls import reverse

from cms.models import StoryIndexPage, SuccessStoryPage
from core.accounts.roles import Role
from incubator.queries.public import businesses_taking_part
from tests.cms.test_moderation import add_url, form
from tests.core.accounts.factories import BusinessFactory
from tests.incubator import factories as f
from tests.loans.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=Role.EDITOR))
    return client


def of_somebody_who(state, **facts):
    application = getattr(f, state)()
    return BusinessFactory(owner=application.applicant, **facts)


def test_only_businesses_that_took_part(editor):
    shown = {of_somebody_who("graduated", name="졸업상점"), of_somebody_who("participating", name="참여상점")}
    for state in ("submitted", "withdrawn", "declined"):
        of_somebody_who(state, name="공개하지 않은 상점")
    assert set(businesses_taking_part()) == shown
    page = editor.get(reverse("business_chooser:choose")).json()["html"]
    assert "졸업상점" in page
    assert "공개하지 않은 상점" not in page
    url = reverse("wagtailadmin_pages:add", args=["cms", "successstorypage", StoryIndexPage.objects.get().pk])
    assert "상점" not in editor.get(url).content.decode(), "the form itself names nobody"


def test_the_list_has_pages_and_a_search(editor):
    owner = f.graduated().applicant
    for number in range(12):
        BusinessFactory(owner=owner, name=f"상점 {number:02}")
    results = reverse("business_chooser:choose_results")
    assert len(editor.get(results).context["results"]) == 10
    assert len(editor.get(results, {"p": 2}).context["results"]) == 2
    assert [row.name for row in editor.get(results, {"q": "점 07"}).context["results"]] == ["상점 07"]
    assert not editor.get(results, {"q": '"'}).context["results"]


def test_what_is_not_shown_cannot_be_chosen_either(editor):
    chosen, other = of_somebody_who("graduated"), of_somebody_who("submitted")
    assert editor.get(reverse("business_chooser:chosen", args=[chosen.pk])).status_code == 200
    for pk in (other.pk, "x", 10**30):
        assert editor.get(reverse("business_chooser:chosen", args=[pk])).status_code == 404
    editor.post(add_url(), form(business=other.pk))
    assert not SuccessStoryPage.objects.exists()
    editor.post(add_url(), form(business=chosen.pk))
    assert SuccessStoryPage.objects.get().business == chosen
