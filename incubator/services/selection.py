"""Deciding a stage: the results are frozen, and everybody goes on, waits or leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.errors import NotNow, Stale
from core.workflow.actors import SYSTEM
from core.workflow.perform import lock, perform
from incubator.models import Application, Call, Stage, StageResult
from incubator.queries.committee import awaits_committee
from incubator.queries.selection import StageRanking, latest_in, next_stage, stage_ranking
from incubator.services.access import require
from incubator.services.calls import announce_call, close_for_evaluation
from incubator.services.waitlist import agreement_due_for


@dataclass(frozen=True, slots=True)
class Choice:
    """Who passes, who waits in which order, and why; ``following`` is the next stage, if there is one."""

    selected: list[int]
    waitlisted: list[int]
    reason: str
    following: Stage | None


@transaction.atomic
def decide_stage(
    *,
    by: User,
    stage: Stage,
    selected_ids: Sequence[int],
    waitlisted_ids: Sequence[int] = (),
    reason: str = "",
    expected_version: int | None = None,
) -> list[StageResult]:
    """Freeze the ranking and move every application of the stage on, as long as it is the one that was seen.

    In the last stage the selected get a place, and ``waitlisted_ids`` is the order of the waiting list;
    before it the selected pass to the next stage. A ``reason`` is needed when reviews are missing or when
    somebody with a lower rank is preferred. A stage that has a committee waits for its approval.
    """
    require(by, "incubator.decide_stage")
    call = lock(stage.call)
    row = Stage.objects.select_for_update().get(pk=stage.pk)
    if row.decided_at or (expected_version is not None and expected_version != row.version):
        raise too_late(row, row.version if expected_version is None else expected_version)
    if call.is_open(clock.now()):
        raise NotNow(_("The call is still open for applications."))
    if awaits_committee(row):
        raise NotNow(_("The committee has not approved this stage yet."))
    row.call = call
    ranking = stage_ranking(row)
    following = next_stage(row)
    choice = Choice(list(selected_ids), list(waitlisted_ids), reason.strip(), following)
    if flaws := _decision_flaws(ranking, choice):
        raise ValidationError(flaws)
    close_for_evaluation(call)
    results = _freeze(row, ranking, set(selected_ids), by)
    for entry in ranking.rows:
        _move_on(entry.application, choice, call=call, by=by)
    if following is None:
        announce_call(by=SYSTEM, call=call)
    return results


def too_late(stage: Stage, seen: int) -> Stale:
    """What to say to somebody whose page of the ``stage`` is of version ``seen``."""
    decided = _("The stage “%(stage)s” is already decided.") % {"stage": stage.name}
    changed = _("The ranking has changed since you opened the page.")
    return Stale(decided if stage.decided_at else changed, changes=latest_in(stage, stage.version - seen))


def _decision_flaws(ranking: StageRanking, choice: Choice) -> list[str]:
    stage, selected, waitlisted = ranking.stage, choice.selected, choice.waitlisted
    rows = {entry.application.pk: entry for entry in ranking.rows}
    flaws = []
    if not rows:
        flaws.append(_("No application is in this stage."))
    unscreened = Application.objects.filter(
        call=stage.call_id,
        state__in=[Application.State.SUBMITTED, Application.State.RETURNED, Application.State.ELIGIBLE],
    ).count()
    if unscreened:
        flaws.append(
            _("%(count)s applications have not been checked or not been assigned yet.")
            % {"count": unscreened}
        )
    if set(selected) & set(waitlisted) or len(set(selected)) != len(selected):
        flaws.append(_("An application was chosen twice."))
    if set(selected + waitlisted) - set(rows):
        flaws.append(_("An application was chosen that is not in this stage."))
    if len(selected) > stage.places:
        flaws.append(
            _("At most %(places)s can pass, but %(count)s were chosen.")
            % {"places": stage.places, "count": len(selected)}
        )
    if waitlisted and choice.following is not None:
        flaws.append(_("Only the last stage has a waiting list."))
    flaws += [
        _("%(receipt)s is below the cut-off and can’t be chosen.")
        % {"receipt": rows[pk].application.receipt_number}
        for pk in selected + waitlisted
        if pk in rows and not rows[pk].passes
    ]
    if not choice.reason:
        flaws += _needing_a_reason(ranking, selected)
    return flaws


def _needing_a_reason(ranking: StageRanking, selected: list[int]) -> list[str]:
    flaws = []
    if missing := sum(entry.missing for entry in ranking.rows):
        flaws.append(_("%(count)s reviews are missing. Give a reason to decide anyway.") % {"count": missing})
    chosen = [entry.rank for entry in ranking.rows if entry.application.pk in selected and entry.rank]
    better = [
        entry
        for entry in ranking.rows
        if entry.application.pk not in selected
        and entry.rank
        and entry.passes
        and chosen
        and entry.rank < max(chosen)
    ]
    if better:
        flaws.append(_("Somebody with a better rank was not chosen. Give the reason."))
    return flaws


def _freeze(stage: Stage, ranking: StageRanking, selected: set[int], by: User) -> list[StageResult]:
    now = clock.now()
    stage.decided_at = now
    stage.save(update_fields=["decided_at"])
    return StageResult.objects.bulk_create(
        StageResult(
            stage=stage,
            application=entry.application,
            score=entry.score,
            bonus=entry.bonus,
            total=entry.total,
            rank=entry.rank,
            passed=entry.application.pk in selected,
            evaluators=entry.submitted,
            decided_by=by,
            decided_at=now,
        )
        for entry in ranking.rows
    )


def _move_on(application: Application, choice: Choice, *, call: Call, by: User) -> None:
    pk, reason = application.pk, choice.reason
    if pk in choice.selected and choice.following:
        perform(application, "advance", by=by, reason=reason, stage=choice.following)
    elif pk in choice.selected:
        perform(application, "select", by=by, reason=reason, agreement_due_on=agreement_due_for(call))
    elif pk in choice.waitlisted:
        place = choice.waitlisted.index(pk) + 1
        perform(application, "put_on_waitlist", by=by, reason=reason, rank=place)
    else:
        perform(application, "reject", by=by, reason=reason)
