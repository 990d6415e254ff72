"""The simple lists: programmes, centres, news."""

from typing import Any

from django.db.models import Prefetch

from cms.models import CentrePage, CentreRoom, NewsPage, ProgrammePage
from cms.queries.paging import page_of


def programmes() -> list[ProgrammePage]:
    return list(ProgrammePage.objects.live().order_by("path"))


def centres() -> list[CentrePage]:
    rooms = Prefetch("rooms", CentreRoom.objects.order_by("sort_order"))
    return list(CentrePage.objects.live().prefetch_related(rooms).order_by("path"))


def news_page(asked: str | None) -> Any:
    return page_of(NewsPage.objects.live().order_by("-dated", "-pk"), asked)
