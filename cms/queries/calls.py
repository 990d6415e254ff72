"""Calls as the public reads them: only those with a live page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from cms.models import CallPage
from cms.queries.paging import page_of
from core import clock
from incubator.models import Call, Stage
from incubator.queries import public


class Phase(StrEnum):
    """Where a call stands for somebody who would like to apply."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"


def phase_of(call: Call, now: datetime) -> Phase:
    if call.is_open(now):
        return Phase.OPEN
    return Phase.UPCOMING if call.is_upcoming(now) else Phase.CLOSED


def _in_phase(phase: Phase, now: datetime) -> Q:
    is_open = Q(call__in=public.open_calls(now).order_by().values("pk"))
    is_upcoming = Q(call__in=public.upcoming_calls(now).order_by().values("pk"))
    return {Phase.OPEN: is_open, Phase.UPCOMING: is_upcoming, Phase.CLOSED: ~(is_open | is_upcoming)}[phase]


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in a list."""

    page: CallPage
    call: Call
    phase: Phase

    @property
    def stages(self) -> list[Stage]:
        return list(self.call.stages.all())


def _rows(pages: Any, now: datetime) -> list[CallRow]:
    return [CallRow(page, page.call, phase_of(page.call, now)) for page in pages]


def _call_pages() -> QuerySet[CallPage]:
    stages = Prefetch("call__stages", Stage.objects.order_by("order"))
    pages: QuerySet[CallPage] = CallPage.objects.live()
    return (
        pages.exclude(call__state=Call.State.DRAFT).select_related("call__programme").prefetch_related(stages)
    )


def _by_urgency(pages: QuerySet[CallPage], now: datetime) -> QuerySet[CallPage]:
    """Open ones first, the earliest deadline on top; then those to come; then the closed, latest first."""
    return pages.annotate(
        phase_order=Case(
            When(_in_phase(Phase.OPEN, now), then=Value(0)),
            When(_in_phase(Phase.UPCOMING, now), then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        ),
        deadline=Case(When(_in_phase(Phase.OPEN, now), then=F("call__closes_at"))),
        opening=Case(When(_in_phase(Phase.UPCOMING, now), then=F("call__opens_at"))),
    ).order_by(
        "phase_order",
        F("deadline").asc(nulls_last=True),
        F("opening").asc(nulls_last=True),
        "-call__closes_at",
        "-pk",
    )


def current_calls(*, limit: int) -> list[CallRow]:
    """Open and coming calls, the most urgent first."""
    now = clock.now()
    current = _in_phase(Phase.OPEN, now) | _in_phase(Phase.UPCOMING, now)
    return _rows(_by_urgency(_call_pages().filter(current), now)[:limit], now)


def call_list(asked: Mapping[str, str]) -> dict[str, Any]:
    """One page of the list of calls, narrowed to a phase when one is asked for, with counts."""
    now = clock.now()
    phase = Phase(asked["phase"]) if asked.get("phase") in set(Phase) else None
    pages = _call_pages()
    counts = pages.order_by().aggregate(**{name: Count("pk", filter=_in_phase(name, now)) for name in Phase})
    chosen = pages.filter(_in_phase(phase, now)) if phase else pages
    page = page_of(_by_urgency(chosen, now), asked.get("page"))
    page.object_list = _rows(page.object_list, now)
    return {
        "calls": page,
        "phase": phase,
        "phases": [(name, counts[name]) for name in Phase],
        "all_count": sum(counts.values()),
    }


def calls_of_programme(programme_id: int, *, limit: int) -> list[CallRow]:
    now = clock.now()
    return _rows(_by_urgency(_call_pages().filter(call__programme=programme_id), now)[:limit], now)


def call_details(page: CallPage) -> dict[str, Any]:
    """Everything the page of one call says, in a constant number of queries."""
    now = clock.now()
    details = Prefetch("stages", Stage.objects.order_by("order").select_related("rubric"))
    call = (
        Call.objects.select_related("programme")
        .prefetch_related(details, "stages__rubric__criteria", "required_documents", "bonus_rules")
        .get(pk=page.call_id)
    )
    return {
        "call": call,
        "phase": phase_of(call, now),
        "stages": list(call.stages.all()),
        "documents": list(call.required_documents.all()),
        "bonus_rules": list(call.bonus_rules.all()),
        "attachments": list(page.attachments.select_related("document")),
    }
