"""What programme staff work on: the list, the queues, the stages to decide."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core import clock
from core.accounts.models import User
from incubator.models import Application, Call, Review, Stage
from incubator.queries.committee import awaiting_committee
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


APPLICATIONS, STAGES = "incubator_applications", "incubator_stages"


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits for staff, and the list of the office in which exactly this work stands."""

    key: str
    title: Any
    count: int
    filters: dict[str, Any]
    listed: str = APPLICATIONS

    @property
    def url(self) -> str:
        return f"{reverse(f'{self.listed}:index')}?{urlencode(self.filters)}"


def staff_queues(call: Call | None = None) -> list[Queue]:
    """To check, to assign, to decide, agreements to come: counted in three queries."""
    rows = Application.objects.filter(call=call) if call else Application.objects.all()
    state = Application.State
    counts = rows.aggregate(
        to_check=Count("pk", filter=Q(state=state.SUBMITTED)),
        returned=Count("pk", filter=Q(state=state.RETURNED)),
        to_assign=Count("pk", filter=Q(state=state.ELIGIBLE)),
        to_sign=Count("pk", filter=Q(state=state.SELECTED)),
        unsigned=Count("pk", filter=unsigned_in_time()),
    )
    of_call = {"call": call.pk} if call else {}

    def queue(key: str, title: Any, **filters: str) -> Queue:
        return Queue(key, title, counts[key], {**filters, **of_call})

    to_decide = stages_to_decide(call).count()
    return [
        queue("to_check", _("Applications to check"), state=state.SUBMITTED),
        queue("to_assign", _("Applications without evaluators"), state=state.ELIGIBLE),
        Queue("to_decide", _("Stages to decide"), to_decide, {"waiting": "decision", **of_call}, STAGES),
        queue("returned", _("Corrections awaited"), state=state.RETURNED),
        queue("to_sign", _("Agreements awaited"), state=state.SELECTED),
        queue("unsigned", _("Agreement not signed in time"), overdue="agreement"),
    ]


def unsigned_in_time() -> Q:
    """Condition: selected, and the last day for signing the agreement is over: the place can be passed on."""
    return Q(state=Application.State.SELECTED, agreement_due_on__lt=clock.today())


def stages_to_decide(call: Call | None = None) -> QuerySet[Stage]:
    """Stages where every assigned review is in, and which still hold applications.

    One that has a committee is decided after it.
    """
    stages = Stage.objects.filter(decided_at__isnull=True, applications__state=Application.State.IN_REVIEW)
    if call:
        stages = stages.filter(call=call)
    awaited = Review.objects.filter(
        stage=OuterRef("pk"), state__in=list(Review.OPEN), application__state=Application.State.IN_REVIEW
    )
    return (
        stages.exclude(Exists(awaited))
        .exclude(awaiting_committee())
        .select_related("call", "rubric")
        .order_by("call", "order")
        .distinct()
    )


def _count(rows: QuerySet[Any]) -> Any:
    counted = rows.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
