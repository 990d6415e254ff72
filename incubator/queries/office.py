"""What programme staff work on: the list, the queues, the stages to decide."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from incubator.models import Application, Call, Review, Stage
from incubator.rules import can_read_office


def applications_for_staff(user: User) -> QuerySet[Application]:
    """The office list: everything handed in, with the progress of the reviews; constant queries.

    Annotated: ``reviews_assigned``, ``reviews_submitted`` (of the current stage) and ``corrections_count``.
    """
    if not can_read_office(user):
        return Application.objects.none()
    reviews = (
        Review.objects.filter(application=OuterRef("pk"), stage=OuterRef("stage"))
        .exclude(state=Review.State.RECUSED)
        .order_by()
        .values("application")
    )
    return (
        Application.objects.filter(submitted_at__isnull=False)
        .exclude(state=Application.State.DRAFT)  # withdrawn and taken up again: private until handed in
        .select_related("call", "applicant", "business", "stage")
        .annotate(
            reviews_assigned=_count(reviews),
            reviews_submitted=_count(reviews.filter(state=Review.State.SUBMITTED)),
            corrections_count=Count("corrections", distinct=True),
        )
        .order_by("-submitted_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits for staff. ``filters`` are the query parameters of the office list."""

    key: str
    title: Any
    count: int
    filters: dict[str, str]


def staff_queues(call: Call | None = None) -> list[Queue]:
    """To check, to assign, to decide, agreements to come: counted in three queries."""
    rows = Application.objects.filter(call=call) if call else Application.objects.all()
    state = Application.State
    counts = rows.aggregate(
        to_check=Count("pk", filter=Q(state=state.SUBMITTED)),
        returned=Count("pk", filter=Q(state=state.RETURNED)),
        to_assign=Count("pk", filter=Q(state=state.ELIGIBLE)),
        to_sign=Count("pk", filter=Q(state=state.SELECTED)),
    )
    return [
        Queue("to_check", _("Applications to check"), counts["to_check"], {"state": state.SUBMITTED}),
        Queue(
            "to_assign", _("Applications without evaluators"), counts["to_assign"], {"state": state.ELIGIBLE}
        ),
        Queue("to_decide", _("Stages to decide"), stages_to_decide(call).count(), {"state": state.IN_REVIEW}),
        Queue("returned", _("Corrections awaited"), counts["returned"], {"state": state.RETURNED}),
        Queue("to_sign", _("Agreements awaited"), counts["to_sign"], {"state": state.SELECTED}),
    ]


def stages_to_decide(call: Call | None = None) -> QuerySet[Stage]:
    """Stages where every assigned review is in, and which still hold applications."""
    stages = Stage.objects.filter(decided_at__isnull=True, applications__state=Application.State.IN_REVIEW)
    if call:
        stages = stages.filter(call=call)
    awaited = Review.objects.filter(
        stage=OuterRef("pk"), state__in=list(Review.OPEN), application__state=Application.State.IN_REVIEW
    )
    return (
        stages.exclude(Exists(awaited)).select_related("call", "rubric").order_by("call", "order").distinct()
    )


def _count(rows: QuerySet[Any]) -> Any:
    counted = rows.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
