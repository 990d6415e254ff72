"""Publishing pages: with a revision each, so that editors find what was published and can go on from it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from wagtail.documents.models import Document
from wagtail.models import Page

from cms.models import (
    BasePage,
    CallAttachment,
    CallIndexPage,
    CallPage,
    CentreIndexPage,
    CentrePage,
    CentreRoom,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProgrammeIndexPage,
    ProgrammePage,
    StandardPage,
    StoryFigure,
    StoryIndexPage,
    SuccessStoryPage,
)
from cms.services.site_tree import build_site
from core import clock
from core.accounts.models import Business, User
from incubator.models import Call, Programme

Blocks = Sequence[tuple[str, Any]]
P = TypeVar("P", bound=BasePage)


@transaction.atomic
def ensure_call_page(*, call: Call, by: User | None = None) -> CallPage:
    """The page of ``call`` under the list of calls, created when there is none.

    It is live as soon as the call is published; what was prepared before goes out with it.
    """
    page: CallPage | None = CallPage.objects.filter(call=call).first()
    if page is None:
        page = CallPage(title=call.title, slug=call.slug, call=call, live=False)
        _section(CallIndexPage).add_child(instance=page)
        page.save_revision(user=by)
    if call.state == Call.State.DRAFT or page.live:
        return page
    return _publish(page.get_latest_revision_as_object(), by=by)


@transaction.atomic
def publish_call_page(
    *,
    call: Call,
    body: Blocks,
    attachments: Iterable[Document] = (),
    intro: str = "",
    is_demo: bool = False,
    by: User | None = None,
) -> CallPage:
    """Fill the page of ``call``; the public sees it as soon as the call is published."""
    page = ensure_call_page(call=call, by=by).get_latest_revision_as_object()
    page.title, page.intro, page.body = call.title, intro or page.intro, list(body)
    page.is_demo = is_demo
    page.attachments = [
        CallAttachment(document=document, sort_order=order) for order, document in enumerate(attachments)
    ]
    if call.state == Call.State.DRAFT:
        page.save_revision(user=by)
        return page
    return _publish(page, by=by)


@transaction.atomic
def publish_story(
    *,
    slug: str,
    title: str,
    facts: Mapping[str, Any],
    figures: Iterable[Mapping[str, Any]] = (),
    body: Blocks = (),
    business: Business | None = None,
    by: User | None = None,
) -> SuccessStoryPage:
    """Create or update the story at ``slug`` and publish it; ``facts`` are the story's own fields."""
    page = draft_story(
        slug=slug, title=title, facts=facts, figures=figures, body=body, business=business, by=by
    )
    return _publish(page, by=by)


@transaction.atomic
def draft_story(
    *,
    slug: str,
    title: str,
    facts: Mapping[str, Any],
    figures: Iterable[Mapping[str, Any]] = (),
    body: Blocks = (),
    business: Business | None = None,
    by: User | None = None,
) -> SuccessStoryPage:
    """Create or update the story at ``slug`` without publishing it."""
    values = {"business": business, "told_on": clock.today(), **facts, "title": title, "body": list(body)}
    page = _filled(SuccessStoryPage, StoryIndexPage, slug, values)
    page.figures = [StoryFigure(**figure, sort_order=order) for order, figure in enumerate(figures)]
    page.save_revision(user=by)
    return page


@transaction.atomic
def publish_centre(
    *,
    slug: str,
    title: str,
    facts: Mapping[str, Any],
    rooms: Iterable[Mapping[str, Any]],
    body: Blocks = (),
    by: User | None = None,
) -> CentrePage:
    """Create or update a centre with its kinds of room and publish it."""
    page = _filled(CentrePage, CentreIndexPage, slug, {**facts, "title": title, "body": list(body)})
    page.rooms = [CentreRoom(**room, sort_order=order) for order, room in enumerate(rooms)]
    return _publish(page, by=by)


@transaction.atomic
def publish_news(
    *,
    slug: str,
    title: str,
    dated: date,
    intro: str,
    body: Blocks,
    is_demo: bool = False,
    by: User | None = None,
) -> NewsPage:
    """Create or update a piece of news and publish it."""
    values = {"title": title, "dated": dated, "intro": intro, "is_demo": is_demo, "body": list(body)}
    return _publish(_filled(NewsPage, NewsIndexPage, slug, values), by=by)


@transaction.atomic
def publish_standard_page(
    *, slug: str, title: str, intro: str, body: Blocks, by: User | None = None
) -> StandardPage:
    """Create or update a page such as the privacy policy and publish it."""
    values = {"title": title, "intro": intro, "body": list(body)}
    return _publish(_filled(StandardPage, HomePage, slug, values), by=by)


@transaction.atomic
def publish_programme_page(
    *, slug: str, programme: Programme, intro: str, body: Blocks, by: User | None = None
) -> ProgrammePage:
    """Tie the page at ``slug`` to its programme, fill it and publish it."""
    values = {"title": programme.name, "programme": programme, "intro": intro, "body": list(body)}
    return _publish(_filled(ProgrammePage, ProgrammeIndexPage, slug, values), by=by)


def _section(model: type[Page]) -> Page:
    """The one page of ``model`` under which others are put; the fixed tree is rebuilt when it is missing."""
    page = model.objects.first()
    if page is None:
        build_site()
        page = model.objects.get()
    return page


def _filled(model: type[P], parent_model: type[Page], slug: str, values: Mapping[str, Any]) -> P:
    """The page of ``model`` at ``slug`` with ``values``, created as a draft when there is none."""
    parent = _section(parent_model)
    page: P | None = model.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = model(slug=slug, live=False, **values)
        parent.add_child(instance=page)
        return page
    for name, value in values.items():
        setattr(page, name, value)
    return page


def _publish(page: P, *, by: User | None) -> P:
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page
