from typing import Any

from django.core.paginator import Page, Paginator

PER_PAGE = 20


def page_of(rows: Any, asked: str | None, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that was asked for; a wrong number gives the nearest one that exists."""
    return Paginator(rows, per_page).get_page(asked or 1)
