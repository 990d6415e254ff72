"""Whoever asked for news is told once of what is published; everybody can stop it, nobody else is written to."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils.text import slugify

from cms.services.pages import ensure_call_page
from cms.tasks import tell_news
from config.celery import SCHEDULE
from core import clock
from core.accounts.services import choose_news
from core.notices.models import Notice
from tests.cms import factories
from tests.incubator.factories import CallFactory
from tests.loans.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    person = UserFactory()
    choose_news(by=person, wanted=True)
    return person


def told():
    return list(Notice.objects.filter(event="cms.page_published").values_list("recipient", "subject"))


def test_a_published_call_and_news_are_told_once(reader):
    UserFactory()  # did not ask for anything
    call = CallFactory()
    ensure_call_page(call=call)
    factories.news("설명회를 열어요")
    assert tell_news() == 2
    assert tell_news() == 0
    assert {person for person, _subject in told()} == {reader.pk}
    assert any(call.title in subject for _person, subject in told())
    factories.news("설명회를 열어요").save_revision().publish()


def test_what_was_published_before_somebody_asked_is_not_told():
    factories.news("지난 소식")
    choose_news(by=UserFactory(), wanted=True)
    assert tell_news() == 0


def test_whoever_stops_it_or_is_locked_out_is_told_nothing_more(reader):
    other = UserFactory()
    choose_news(by=other, wanted=True)
    factories.news()
    choose_news(by=reader, wanted=False)
    other.is_active = False
    other.save()
    assert tell_news() == 0


def test_drafts_hidden_and_old_pages_are_no_news(reader):
    factories.story("이야기")
    factories.news().unpublish()
    factories.news("오래된 소식")
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert tell_news() == 0


def test_the_mail_says_how_to_stop_it(reader):
    factories.news("설명회를 열어요")
    tell_news()
    assert f"{settings.SITE_URL}/me/profile/news/" in Notice.objects.get(recipient=reader).body_text


def test_it_is_told_in_the_morning():
    assert any(entry["task"] == tell_news.name for entry in SCHEDULE.values())


def test_a_long_korean_title_fits_the_outbox(reader):
    """Its address counts nine letters for a syllable, its mail's subject may be cut; SQLite measures neither."""
    title = ("용산에서 창업하는 사람들이 함께 읽는 아주 긴 소식 " * 9)[:255].strip()
    factories.news(title, slug=slugify(title, allow_unicode=True))
    assert tell_news() == 1
    notice = Notice.objects.get(event="cms.page_published")
    notice.full_clean()
    assert len(notice.url) > 600
