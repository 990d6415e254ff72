from typing import Any

from django.db.models import Prefetch, QuerySet

from cms.models import StoryFigure, SuccessStoryPage
from cms.queries.paging import page_of

STORIES_PER_PAGE = 12


def _stories() -> QuerySet[SuccessStoryPage]:
    stories: QuerySet[SuccessStoryPage] = SuccessStoryPage.objects.live()
    return (
        stories.select_related("picture")
        .prefetch_related(Prefetch("figures", StoryFigure.objects.order_by("sort_order")))
        .order_by("-told_on", "-pk")
    )


def latest_stories(*, limit: int, without: int | None = None) -> list[SuccessStoryPage]:
    stories = _stories()
    return list((stories.exclude(pk=without) if without else stories)[:limit])


def story_page(asked: str | None) -> Any:
    return page_of(_stories(), asked, STORIES_PER_PAGE)
