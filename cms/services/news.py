"""What is new, told to those who asked for it: once each, and never before they did."""

from datetime import timedelta

from django.urls import reverse
from wagtail.models import Page

from cms.models import CallPage, NewsPage
from core import clock
from core.accounts.consents import people_who_want_news
from core.notices.models import Notice
from core.notices.services import queue_notice

EVENT = "cms.page_published"
STILL_NEWS = timedelta(days=7)
"""After this long, what could not be told is told no more."""


def tell_of_new_pages() -> int:
    """Write a notice per page and person for what was published lately. Running it again adds nothing."""
    since = clock.now() - STILL_NEWS
    fresh = Page.objects.live().public().filter(first_published_at__gte=since)
    pages = fresh.type(CallPage, NewsPage).order_by("first_published_at").specific()
    return sum(_tell_of(page) for page in pages)


def _tell_of(page: CallPage | NewsPage) -> int:
    key = f"{EVENT}:{page.pk}"
    told = Notice.objects.filter(event=EVENT, dedupe_key__startswith=f"{key}:")
    people = list(people_who_want_news(page.first_published_at).exclude(pk__in=told.values("recipient")))
    call = page.call if isinstance(page, CallPage) else None
    for person in people:
        queue_notice(
            recipient=person,
            event=EVENT,
            context={
                "title": page.title,
                "intro": page.intro,
                "opens_at": call and call.opens_at,
                "closes_at": call and call.closes_at,
                "off_url": reverse("news_choice"),
            },
            dedupe_key=f"{key}:{person.pk}",
            url=page.url,
        )
    return len(people)
