"""Stages that a committee decides: what waits for it, and what it said."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.committees.models import Committee, Decision
from core.committees.queries import decision_about, decisions_about
from incubator.models import Application, Stage
from incubator.rules import can_read_office

APPROVALS = (Decision.Outcome.APPROVED, Decision.Outcome.AMENDED)


def awaiting_committee() -> Q:
    """Condition: the stage has a committee, and that has not approved it."""
    approved = decisions_about(Stage).filter(
        outcome__in=APPROVALS,
        item__object_id=OuterRef("pk"),
        item__meeting__committee=OuterRef("committee"),
    )
    return Q(committee__isnull=False) & ~Q(Exists(approved))


def stages_for_committee(user: Any, committee: Committee) -> QuerySet[Stage]:
    """What waits for ``committee``: its undecided stages that hold applications."""
    if not can_read_office(user):
        return Stage.objects.none()
    holding = Application.objects.filter(state=Application.State.IN_REVIEW).values("stage")
    return (
        Stage.objects.filter(awaiting_committee(), committee=committee, decided_at=None, pk__in=holding)
        .select_related("call")
        .order_by("ends_on", "pk")
    )


def committee_decision(stage: Stage) -> Decision | None:
    """The newest decision about a stage that has a committee."""
    return decision_about(stage) if stage.committee_id else None


def awaits_committee(stage: Stage) -> bool:
    return Stage.objects.filter(awaiting_committee(), pk=stage.pk).exists()
