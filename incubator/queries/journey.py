"""The applicant's way: what is asked now, how far it is, what has happened. Plain words, no jargon."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core import clock
from core.presentation.moments import day, moment, short_day, short_moment
from core.workflow.models import Change
from incubator.models import Application, Correction, Stage, StageResult

State = Application.State
STATUS_KIND: Final[dict[str, str]] = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "info",
    State.RETURNED: "warning",
    State.ELIGIBLE: "info",
    State.INELIGIBLE: "danger",
    State.IN_REVIEW: "info",
    State.SELECTED: "success",
    State.WAITLISTED: "warning",
    State.REJECTED: "neutral",
    State.WITHDRAWN: "neutral",
    State.DECLINED: "neutral",
    State.PARTICIPATING: "success",
    State.GRADUATED: "success",
}
_HAPPENED: Final[dict[str, Any]] = {
    "submit": gettext_lazy("You handed in the application."),
    "return_for_correction": gettext_lazy("We asked you to correct the application."),
    "resubmit": gettext_lazy("You handed in the corrected application."),
    "confirm_eligible": gettext_lazy("The documents were checked and are in order."),
    "refuse_ineligible": gettext_lazy("The application does not meet the conditions of the call."),
    "start_review": gettext_lazy("The evaluation has begun."),
    "select": gettext_lazy("You were selected."),
    "put_on_waitlist": gettext_lazy("You are on the waiting list."),
    "reject": gettext_lazy("You were not selected this time."),
    "promote": gettext_lazy("A place became free: you were selected from the waiting list."),
    "withdraw": gettext_lazy("You withdrew the application."),
    "reopen": gettext_lazy("You took the application up again."),
    "decline": gettext_lazy("You gave up the place."),
    "lapse": gettext_lazy("The agreement was not signed in time and the place was passed on."),
    "sign": gettext_lazy("You signed the agreement."),
    "graduate": gettext_lazy("You graduated from the programme."),
}
_READ_REASON: Final = frozenset({"refuse_ineligible"})


@dataclass(frozen=True, slots=True)
class NextAction:
    """The one thing that is asked of the applicant now. Without ``url`` there is nothing to do but wait."""

    title: str
    body: str = ""
    url: str = ""
    label: str = ""
    due: datetime | date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    title: str
    detail: str = ""


def next_action(application: Application) -> NextAction:
    """What the applicant can or must do in this state."""
    steps = {
        State.DRAFT: _finish_draft,
        State.RETURNED: _correct,
        State.SELECTED: _sign,
        State.IN_REVIEW: _wait_for_stage,
        State.WAITLISTED: _wait_on_list,
    }
    if application.state in steps:
        return steps[application.state](application)
    title, body = _quiet_words(application)
    return NextAction(title, body)


def progress_steps(application: Application) -> list[Step]:
    """The climb: handed in, checked, every stage, agreement. Ends where the way ended."""
    changes = _last_changes(application)
    steps = [
        _reached(_("Handed in"), changes.get("resubmit") or changes.get("submit"), seconds=True),
        _reached(_("Documents checked"), changes.get("confirm_eligible")),
    ]
    results = {result.stage_id: result for result in StageResult.objects.filter(application=application)}
    stages = Stage.objects.filter(call=application.call_id).order_by("order")
    steps.extend(_stage_step(stage, results.get(stage.pk)) for stage in stages)
    steps.append(_reached(_("Agreement"), changes.get("sign"), planned=application.agreement_due_on))
    return _with_current(steps, stopped=application.state in _ENDED)


def timeline(application: Application) -> list[Event]:
    """What happened, newest first, in sentences."""
    corrections = list(Correction.objects.filter(application=application).order_by("requested_at"))
    results = iter(
        StageResult.objects.filter(application=application, passed=True)
        .select_related("stage")
        .order_by("stage__order")
    )
    oldest_first = reversed(list(application.history().steps()))
    events = [Event(row.at, _sentence(row, results), _detail(row, corrections)) for row in oldest_first]
    return events[::-1]


_ENDED: Final = frozenset(
    {State.INELIGIBLE, State.REJECTED, State.WITHDRAWN, State.DECLINED, State.WAITLISTED}
)


def _finish_draft(application: Application) -> NextAction:
    closes = application.call.closes_at
    if not application.call.is_open(clock.now()):
        return NextAction(
            _("The call is closed"), _("Your draft is kept and can be used for the next call."), kind="danger"
        )
    return NextAction(
        _("Finish the application and hand it in"),
        _("It is saved, but not handed in yet. Applications are accepted until %(closes)s.")
        % {"closes": moment(closes)},
        reverse("application_edit", args=[application.pk, "plan"]),
        _("Continue writing"),
        closes,
    )


def _correct(application: Application) -> NextAction:
    due = application.correction_due_at
    if due and clock.now() >= due:
        return NextAction(
            _("The time for corrections has run out"),
            _("It was due by %(due)s. We will decide with what we have and write to you.")
            % {"due": moment(due)},
            due=due,
            kind="danger",
        )
    return NextAction(
        _("Please correct the application"),
        _("Mend everything on the list below and hand it in again by %(due)s.") % {"due": moment(due)}
        if due
        else "",
        reverse("application_edit", args=[application.pk, "plan"]),
        _("Correct the application"),
        due,
        "danger",
    )


def _sign(application: Application) -> NextAction:
    due = application.agreement_due_on
    if due and clock.today() > due:
        return NextAction(
            _("The time for signing has run out"),
            _("The agreement could be signed until %(due)s.") % {"due": day(due)},
            due=due,
            kind="danger",
        )
    return NextAction(
        _("Read and sign the agreement"),
        _("You were selected. Please sign by %(due)s, or the place goes to the next on the waiting list.")
        % {"due": day(due)}
        if due
        else "",
        reverse("agreement", args=[application.pk]),
        _("Open the agreement"),
        due,
    )


def _wait_for_stage(application: Application) -> NextAction:
    stage = application.stage
    if stage is None:
        return NextAction(_("The evaluation is under way"))
    place = f" {stage.venue}" if stage.venue else ""
    return NextAction(
        _("“%(stage)s” is under way") % {"stage": stage.name},
        _("From %(start)s to %(end)s.%(place)s You need not do anything; we will write to you.")
        % {"start": day(stage.starts_on), "end": day(stage.ends_on), "place": place},
    )


def _wait_on_list(application: Application) -> NextAction:
    return NextAction(
        _("You are number %(rank)s on the waiting list") % {"rank": application.waitlist_rank},
        _("When a place becomes free, you move up automatically and we will write to you."),
    )


def _quiet_words(application: Application) -> tuple[str, str]:
    words = {
        State.SUBMITTED: (
            _("We are checking your documents"),
            _("You need not do anything. If something is missing, we will tell you everything at once."),
        ),
        State.ELIGIBLE: (_("Your documents are in order"), _("Evaluators are being assigned.")),
        State.INELIGIBLE: (_("The application can’t be considered"), _("The reason stands below.")),
        State.REJECTED: (
            _("Not selected this time"),
            _("Thank you for the work you put into it."),
        ),
        State.WITHDRAWN: (
            _("You withdrew this application"),
            _("While the call is open you can take it up again."),
        ),
        State.DECLINED: (_("The place was given up"), _("It went to the next on the waiting list.")),
        State.PARTICIPATING: (_("You are taking part"), _("Your mentoring begins. We will write to you.")),
        State.GRADUATED: (_("Congratulations on your graduation"), ""),
    }
    return words[State(application.state)]


def _last_changes(application: Application) -> dict[str, Change]:
    """The latest change of each kind."""
    return {change.transition: change for change in application.history().steps().order_by("at", "pk")}


def _reached(
    label: str, change: Change | None, *, planned: date | None = None, seconds: bool = False
) -> Step:
    if change is None:
        return Step(label, _("by %(day)s") % {"day": short_day(planned)} if planned else "", "todo")
    at = short_moment(change.at)
    if seconds:
        at = f"{at}:{change.at:%S}"
    return Step(label, at, "done")


def _stage_step(stage: Stage, result: StageResult | None) -> Step:
    if result is None:
        return Step(stage.name, _("%(day)s planned") % {"day": short_day(stage.ends_on)}, "todo")
    passed = pgettext("stage", "passed") if result.passed else pgettext("stage", "not passed")
    return Step(stage.name, f"{short_day(timezone.localdate(result.decided_at))} {passed}", "done")


def _with_current(steps: list[Step], *, stopped: bool) -> list[Step]:
    """The first step ahead is the current one, unless the way has ended."""
    if stopped:
        return steps
    for index, step in enumerate(steps):
        if step.state == "todo":
            return [*steps[:index], Step(step.label, step.detail, "current"), *steps[index + 1 :]]
    return steps


def _sentence(change: Change, results: Iterator[StageResult]) -> str:
    if change.transition == "advance":
        result = next(results, None)
        if result:
            return _("You passed “%(stage)s” and go on to the next stage.") % {"stage": result.stage.name}
        return _("You go on to the next stage.")
    return str(_HAPPENED.get(change.transition, change.transition))


def _detail(change: Change, corrections: list[Correction]) -> str:
    if change.transition == "return_for_correction":
        before = [correction for correction in corrections if correction.requested_at <= change.at]
        return "\n".join(f"· {flaw['text']}" for flaw in before[-1].flaws) if before else ""
    return change.reason if change.transition in _READ_REASON else ""
