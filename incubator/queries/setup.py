"""What of a call's set-up can still be changed, and why the rest can't.

What applicants read and evaluators score by does not change under them: once a call is published its parts
are locked. Only what a new announcement may lawfully change stays open: the closing can be put off, the days
of the results and of the agreement set anew, a stage moved to another day, place or committee. A rubric is
locked by the first published call that uses it; a copy of it is free.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from incubator.models import (
    AgreementText,
    BonusRule,
    Call,
    Criterion,
    EligibilityQuestion,
    RequiredDocument,
    ReviewScore,
    Rubric,
    Stage,
)

Part = RequiredDocument | EligibilityQuestion | BonusRule | Stage | Criterion
Setup = Part | Call | Rubric | AgreementText

DATES_TO_COME: Final = ("results_on", "agreement_due_on")
OPEN_IN_CALL: Final[dict[str, tuple[str, ...]]] = {
    Call.State.PUBLISHED: ("closes_at", *DATES_TO_COME),
    Call.State.EVALUATING: DATES_TO_COME,
}
OPEN_IN_STAGE: Final = ("starts_on", "ends_on", "venue", "committee")


def open_fields(row: Setup, fields: Iterable[str]) -> tuple[str, ...]:
    """Of ``fields`` those that can still be changed."""
    fields = tuple(fields)
    if not why_locked(row):
        return fields
    still: tuple[str, ...] = ()
    if isinstance(row, Call):
        still = OPEN_IN_CALL.get(row.state, ())
    elif isinstance(row, Stage) and _moves(row):
        still = OPEN_IN_STAGE
    return tuple(name for name in fields if name in still)


def why_locked(row: Setup) -> str:
    """Why not everything can be changed any more; empty when it can."""
    if isinstance(row, Call):
        return _call_lock(row)
    if isinstance(row, Rubric | Criterion):
        return _rubric_lock(row)
    if isinstance(row, AgreementText):
        return (
            _("An archived call can no longer be changed.") if row.call.state == Call.State.ARCHIVED else ""
        )
    if row.call.state == Call.State.DRAFT:
        return ""
    if isinstance(row, Stage) and _moves(row):
        return _(
            "The call is published: "
            "only the days, the place and the committee of a stage can still be changed."
        )
    return _("The call is published: this can no longer be changed.")


def draft_calls() -> QuerySet[Call]:
    """Calls that can still be set up."""
    return Call.objects.filter(state=Call.State.DRAFT)


def free_rubrics() -> QuerySet[Rubric]:
    """Rubrics whose criteria can still be changed."""
    return Rubric.objects.filter(~_in_use("pk"))


def rubrics_with_use() -> QuerySet[Rubric]:
    return Rubric.objects.annotate(is_used=_in_use("pk"))


def criteria_with_use() -> QuerySet[Criterion]:
    return Criterion.objects.select_related("rubric").annotate(is_used=_in_use("rubric"))


def _in_use(rubric: str) -> Any:
    """Whether a published call uses the rubric, or a review was scored by it."""
    published = Stage.objects.filter(rubric=OuterRef(rubric)).exclude(call__state=Call.State.DRAFT)
    scored = ReviewScore.objects.filter(criterion__rubric=OuterRef(rubric))
    return Exists(published) | Exists(scored)


def _moves(stage: Stage) -> bool:
    return stage.decided_at is None and stage.call.state in OPEN_IN_CALL


def _call_lock(call: Call) -> str:
    return {
        Call.State.DRAFT: "",
        Call.State.PUBLISHED: _(
            "The call is published: only the closing can be put off "
            "and the days of the results and of the agreement be changed. Announce it."
        ),
        Call.State.EVALUATING: _(
            "The evaluation has begun: "
            "only the days of the results and of the agreement can still be changed."
        ),
    }.get(call.state, _("The results are announced: the call can no longer be changed."))


def _rubric_lock(row: Rubric | Criterion) -> str:
    used = getattr(row, "is_used", None)
    if used is None:
        rubric_id = row.pk if isinstance(row, Rubric) else row.rubric_id
        used = Rubric.objects.filter(_in_use("pk"), pk=rubric_id).exists()
    if not used:
        return ""
    return _("A published call uses this rubric: it can no longer be changed. Copy it to make another one.")
