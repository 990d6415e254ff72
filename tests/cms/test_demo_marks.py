"""What is invented for the demonstration is marked wherever the public meets it; what is not known is not told."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from cms.models import CallPage, NewsPage
from cms.services import pages
from core import clock
from incubator.models import Call
from loans.models import FundYear, LoanRound
from tests.cms import factories
from tests.incubator.factories import CallFactory
from tests.loans.factories import UserFactory, loan_round

pytestmark = pytest.mark.django_db
MARK = '<span class="tag tag--neutral">Demonstration</span>'


@pytest.fixture
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def call():
    now = clock.now()
    return CallFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=6))


def test_a_call(english, call):
    places = ("/", "/calls/", f"/calls/{call.slug}/")
    for url in places:
        assertNotContains(english.get(url), MARK, html=True)
    pages.publish_call_page(call=call, body=[], is_demo=True)
    for url in places:
        assertContains(english.get(url), MARK, html=True, msg_prefix=url)
    assertContains(english.get(places[-1]), "are invented")


def test_a_piece_of_news(english):
    factories.news()
    assertNotContains(english.get("/news/"), MARK, html=True)
    page = pages.publish_news(slug="demo", title="시연", dated=clock.today(), intro="", body=[], is_demo=True)
    for url in ("/news/", page.url):
        assertContains(english.get(url), MARK, html=True, msg_prefix=url)


def test_a_loan_round(english):
    row = loan_round()
    LoanRound.objects.update(is_demo=True)
    english.force_login(UserFactory())
    for url in ("/loans-guide/", reverse("loan_apply", args=[row.pk]), reverse("my_loans")):
        assertContains(english.get(url), MARK, html=True, msg_prefix=url)


@pytest.mark.parametrize("url", ["/", "/loans-guide/"])
def test_a_plan_that_was_not_announced_is_not_told(english, url):
    loan_round(plan=1_900_000_000)
    assertNotContains(english.get(url), "Plan of")
    assertNotContains(english.get(url), "19억")
    assertContains(english.get(url), "not confirmed by an announcement")
    FundYear.objects.update(source="용산구 공고")
    assertContains(english.get(url), "Plan of")


def test_the_demo_marks_all_that_it_invents(capsys):
    call_command("load_demo")
    assert not CallPage.objects.filter(is_demo=False).exists()
    assert not NewsPage.objects.filter(is_demo=False).exists()
    assert not LoanRound.objects.filter(is_demo=False).exists()
    course = Call.objects.get(programme__slug="academy")
    assert [stage.name for stage in course.stages.all()] == ["수강생 확정"]
    assert course.agreement_due_on is None
