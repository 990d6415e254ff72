"""Where an application or a loan stands, in a word, a date and what comes next."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from core import clock
from core.presentation import moments
from loans.models import Loan, LoanApplication, LoanRound

A, L = LoanApplication.State, Loan.State

APPLICATION_KINDS: dict[str, str] = {
    A.DRAFT: "neutral",
    A.SUBMITTED: "info",
    A.RETURNED: "warning",
    A.ELIGIBLE: "info",
    A.INELIGIBLE: "neutral",
    A.SELECTED: "success",
    A.RESERVE: "warning",
    A.REJECTED: "neutral",
    A.CONTRACTED: "success",
    A.CANCELLED: "neutral",
    A.WITHDRAWN: "neutral",
}
LOAN_KINDS: dict[str, str] = {
    L.PREPARED: "info",
    L.APPROVED: "info",
    L.ACTIVE: "success",
    L.ACCELERATED: "danger",
    L.REPAID: "success",
    L.WRITTEN_OFF: "danger",
    L.CANCELLED: "neutral",
}


class Status(NamedTuple):
    label: str
    kind: str


class Step(NamedTuple):
    """One step of the way, for the ridge."""

    label: str
    detail: str
    state: str


def application_status(application: LoanApplication) -> Status:
    return Status(str(application.get_state_display()), APPLICATION_KINDS[application.state])


def loan_status(loan: Loan) -> Status:
    """Overdue is no state of its own, but it is what a person needs to read."""
    if loan.is_overdue:
        return Status(_("Overdue %(days)s days") % {"days": loan.days_overdue}, "danger")
    return Status(str(loan.get_state_display()), LOAN_KINDS[loan.state])


def application_steps(application: LoanApplication, loan: Loan | None, days: dict[str, date]) -> list[Step]:
    """The way from the form to the money; ``days`` says when each transition happened."""
    reached = _reached(application, loan)
    names = [
        (_("Written"), None),
        (_("Submitted"), days.get("submit")),
        (_("Eligibility"), days.get("confirm_eligible")),
        (_("Committee"), days.get("select") or days.get("promote")),
        (_("Contract"), days.get("contract")),
        (_("Paid out"), loan.disbursed_on if loan else None),
    ]
    return [
        Step(
            label,
            f"{on:%Y-%m-%d}" if on else "",
            "done" if n < reached else "current" if n == reached else "todo",
        )
        for n, (label, on) in enumerate(names)
    ]


def _reached(application: LoanApplication, loan: Loan | None) -> int:
    if loan is not None and loan.state in Loan.PAID_OUT:
        return 6
    order = {
        A.DRAFT: 0,
        A.RETURNED: 1,
        A.SUBMITTED: 2,
        A.INELIGIBLE: 2,
        A.ELIGIBLE: 3,
        A.RESERVE: 3,
        A.REJECTED: 3,
        A.SELECTED: 4,
        A.CONTRACTED: 5,
    }
    return order.get(application.state, 0)


NEXT: dict[str, Any] = {
    A.DRAFT: lambda: (_("Finish your application"), _("What you typed is kept. It is not submitted yet.")),
    A.SUBMITTED: lambda: (
        _("We are checking your application"),
        _("Staff check the conditions and documents. You need not do anything now."),
    ),
    A.ELIGIBLE: lambda: (
        _("The committee decides next"),
        _("The conditions are met. The committee decides who receives a loan and how much."),
    ),
    A.INELIGIBLE: lambda: (_("The conditions are not met"), _("The reason is below.")),
    A.SELECTED: lambda: (_("You have been selected"), _("Staff prepare the contract and call you.")),
    A.RESERVE: lambda: (
        _("You are a reserve"),
        _("When a place becomes free, you move up in order and we tell you at once."),
    ),
    A.REJECTED: lambda: (_("You were not selected this time"), _("You may apply again in the next round.")),
    A.CONTRACTED: lambda: (_("Your loan is prepared"), _("Once it is approved, the money is paid out.")),
    A.CANCELLED: lambda: (_("The selection was cancelled"), _("The reason is below.")),
    A.WITHDRAWN: lambda: (
        _("You withdrew this application"),
        _("You may apply again while the round is open."),
    ),
}


BY_BANK: dict[str, Any] = {
    A.SELECTED: lambda: (
        _("You have been selected"),
        _("We give your name to the bank. The bank checks by its own credit rules and calls you."),
    ),
    A.CONTRACTED: lambda: (
        _("Your loan is prepared"),
        _("Once it is approved, the bank pays it out by its own credit rules."),
    ),
}
"""The same for a loan that the entrusted bank lends."""


def what_next(application: LoanApplication) -> tuple[str, str]:
    """A title and a sentence: what happens now, and whether anything is asked of the person."""
    if application.state == A.RETURNED:
        return _what_to_correct(application)
    if application.waits_for_registration:
        return (
            _("You have been selected: please register the business"),
            _("Add its registration number here. Then staff prepare the contract and call you."),
        )
    by_bank = BY_BANK.get(application.state) if application.round.product.is_bank_serviced else None
    title, body = (by_bank or NEXT[application.state])()
    return title, body


def _what_to_correct(application: LoanApplication) -> tuple[str, str]:
    due = application.correct_by
    if due is None:
        return _("Please correct your application"), _("Everything that has to be corrected is below.")
    words = {"moment": moments.moment(due)}
    if clock.now() >= due:
        return (
            _("The time for corrections is over"),
            _("It ended on %(moment)s. Staff decide next; what you typed is kept.") % words,
        )
    return (
        _("Please correct your application"),
        _("Everything that has to be corrected is below. Please submit it again before %(moment)s.") % words,
    )


def closed_words(loan_round: LoanRound, now: datetime) -> str:
    """Why one cannot apply at ``now``, with the date."""
    if loan_round.state == LoanRound.State.PUBLISHED and now < loan_round.opens_at:
        return _("Applications open on %(moment)s.") % {"moment": moments.moment(loan_round.opens_at)}
    return _("Applications closed on %(moment)s.") % {"moment": moments.moment(loan_round.closes_at)}
