"""Assigning evaluators, declaring conflicts, scoring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.accounts.roles import Role, has_role
from core.errors import NotNow
from core.workflow.perform import lock, perform, refuse_stale
from incubator import scoring
from incubator.models import Application, Criterion, Review, ReviewScore, Stage
from incubator.notices import tell_assigned
from incubator.queries.conflicts import conflict_between
from incubator.queries.reviews import is_being_scored
from incubator.services.access import require
from incubator.services.calls import close_for_evaluation


@dataclass(frozen=True, slots=True)
class ScoreInput:
    """The score of a criterion as it came in; ``None`` leaves that part as it is."""

    score: int | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class SavedScores:
    saved_at: datetime
    total: Decimal
    missing: int


@transaction.atomic
def assign_mentors(
    *, by: User, stage: Stage, applications: Iterable[Application], mentors: Iterable[User]
) -> list[Review]:
    """Assign every mentor to every application. All conflicts are told at once; nothing is assigned then.

    An eligible application starts its evaluation with this. Somebody already assigned is left alone.
    """
    require(by, "incubator.assign_review")
    applications, mentors = list(applications), list(mentors)
    lock(stage.call)  # always the call first, then the stage, then its applications
    stage = _open_stage(stage)
    if flaws := _assignment_flaws(stage, applications, mentors):
        raise ValidationError(flaws)
    close_for_evaluation(stage.call)
    created = []
    for application in applications:
        row = lock(application)
        require(by, "incubator.assign_review", row)
        if row.state == Application.State.ELIGIBLE:
            row = perform(row, "start_review", by=by, stage=stage)
        if row.state != Application.State.IN_REVIEW or row.stage_id != stage.pk:
            raise NotNow(
                _("%(receipt)s is not in the stage “%(stage)s”.")
                % {"receipt": row.receipt_number, "stage": stage.name}
            )
        for mentor in mentors:
            review, is_new = Review.objects.get_or_create(
                stage=stage, application=row, evaluator=mentor, defaults={"assigned_at": clock.now()}
            )
            if is_new:
                created.append(review)
    for mentor in mentors:
        if theirs := [review for review in created if review.evaluator_id == mentor.pk]:
            tell_assigned(mentor=mentor, reviews=theirs)
    return created


def declare_no_conflict(*, by: User, review: Review, expected_version: int | None = None) -> Review:
    """The evaluator states to have no interest in the application, and may read it from then on."""
    return perform(review, "declare_no_conflict", by=by, expected_version=expected_version, at=clock.now())


def recuse(*, by: User, review: Review, reason: str, expected_version: int | None = None) -> Review:
    """The evaluator steps back (회피) and says why."""
    require(by, "incubator.score_review", review)
    text = _reason(reason)
    return perform(
        review, "recuse", by=by, reason=text, expected_version=expected_version, conflict_reason=text
    )


@transaction.atomic
def exclude_evaluator(
    *, by: User, review: Review, reason: str, expected_version: int | None = None
) -> Review:
    """Staff take an evaluator out (제척, or the applicant's challenge 기피)."""
    require(by, "incubator.assign_review", review)
    _open_stage(review.stage)
    _require_in_review(review)
    text = _reason(reason)
    return perform(
        review, "exclude", by=by, reason=text, expected_version=expected_version, conflict_reason=text
    )


@transaction.atomic
def reopen_review(*, by: User, review: Review, reason: str, expected_version: int | None = None) -> Review:
    """Hand a confirmed review back to its evaluator, before the stage is decided."""
    require(by, "incubator.assign_review", review)
    _open_stage(review.stage)
    _require_in_review(review)
    return perform(review, "reopen", by=by, reason=_reason(reason), expected_version=expected_version)


@transaction.atomic
def save_scores(
    *,
    by: User,
    review: Review,
    scores: Mapping[int, ScoreInput],
    comment: str | None = None,
    expected_version: int | None = None,
) -> SavedScores:
    """Keep scores and comments by criterion id while the review is open; answers with the running total."""
    require(by, "incubator.score_review", review)
    row = lock(review)
    refuse_stale(row, expected_version)
    _require_in_review(row)
    if row.state == Review.State.ASSIGNED:
        raise NotNow(_("First declare that you have no conflict of interest."))
    if row.state != Review.State.DECLARED:
        raise NotNow(_("This review is confirmed and can’t be changed."))
    criteria = {criterion.pk: criterion for criterion in _criteria(row)}
    there = {score.criterion_id: score for score in row.scores.all()}
    for criterion_id, given in scores.items():
        if criterion_id not in criteria:
            raise ValidationError(_("This criterion is not part of the rubric."))
        kept = there.get(criterion_id) or ReviewScore(review=row, criterion=criteria[criterion_id])
        if given.score is not None:
            kept.score = _checked(given.score, criteria[criterion_id])
        if given.comment is not None:
            kept.comment = given.comment.strip()
        kept.save()
        there[criterion_id] = kept
    row.updated_at = clock.now()
    row.comment = row.comment if comment is None else comment.strip()
    row.save(update_fields=["updated_at", "comment"])
    given_scores = {pk: there[pk].score if pk in there else None for pk in criteria}
    return SavedScores(
        saved_at=row.updated_at,
        total=_total(given_scores, criteria),
        missing=sum(score is None for score in given_scores.values()),
    )


@transaction.atomic
def submit_review(*, by: User, review: Review, expected_version: int | None = None) -> Review:
    """Confirm the scores. Nothing can be changed afterwards."""
    require(by, "incubator.score_review", review)
    _open_stage(review.stage)  # a stage is decided with this review or without it, never in between
    row = lock(review)
    _require_in_review(row)
    criteria = {criterion.pk: criterion for criterion in _criteria(row)}
    given = dict(row.scores.values_list("criterion_id", "score"))
    missing = [criterion.name for criterion in criteria.values() if given.get(criterion.pk) is None]
    if row.state == Review.State.DECLARED and missing:
        raise ValidationError([_("Choose a score for “%(name)s”.") % {"name": name} for name in missing])
    return perform(
        row,
        "submit",
        by=by,
        expected_version=expected_version,
        at=clock.now(),
        total=_total(given, criteria),
    )


def _assignment_flaws(stage: Stage, applications: list[Application], mentors: list[User]) -> list[str]:
    flaws = []
    if not applications or not mentors:
        flaws.append(_("Choose at least one application and one evaluator."))
    if stage.rubric_id is None:
        flaws.append(_("This stage has no rubric: nothing is scored in it."))
    flaws += [
        _("%(name)s is not registered as a mentor.") % {"name": mentor.name}
        for mentor in mentors
        if not has_role(mentor, Role.MENTOR)
    ]
    flaws += [
        _("%(receipt)s belongs to another call.") % {"receipt": application.receipt_number}
        for application in applications
        if application.call_id != stage.call_id
    ]
    for application in applications:
        for mentor in mentors:
            if reason := conflict_between(application, mentor):
                flaws.append(
                    _("%(name)s can’t evaluate %(receipt)s: %(reason)s")
                    % {"name": mentor.name, "receipt": application.receipt_number, "reason": reason}
                )
    return flaws


def _open_stage(stage: Stage) -> Stage:
    row = Stage.objects.select_for_update(of=("self",)).select_related("call", "rubric").get(pk=stage.pk)
    if row.decided_at:
        raise NotNow(_("The stage “%(stage)s” is already decided.") % {"stage": row.name})
    return row


def _require_in_review(review: Review) -> None:
    if not is_being_scored(review):
        raise NotNow(_("This application is no longer being evaluated in this stage."))


def _criteria(review: Review) -> list[Criterion]:
    return list(Criterion.objects.filter(rubric__stages=review.stage_id))


def _checked(score: int, criterion: Criterion) -> int:
    if not 0 <= score <= criterion.max_score:
        raise ValidationError(
            _("“%(name)s” is scored from 0 to %(most)s.")
            % {"name": criterion.name, "most": criterion.max_score}
        )
    return score


def _total(given: Mapping[int, int | None], criteria: Mapping[int, Criterion]) -> Decimal:
    return scoring.review_total(
        given,
        {pk: criterion.weight for pk, criterion in criteria.items()},
        {pk: criterion.max_score for pk, criterion in criteria.items()},
    )


def _reason(text: str) -> str:
    if not text.strip():
        raise ValidationError(_("Give the reason."))
    return text.strip()
