"""The history of an application or a loan as its owner reads it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Since
from core.money import format_won
from core.workflow.models import Change
from core.workflow.telling import changes_since
from loans.models import LedgerEntry, Loan, LoanApplication


class Happening(NamedTuple):
    """One line of the timeline."""

    at: datetime
    title: str
    detail: str


APPLICATION_WORDS: dict[str, Any] = {
    "submit": _("Submitted"),
    "return_for_correction": _("Returned for correction"),
    "resubmit": _("Submitted again"),
    "confirm_eligible": _("The conditions are met"),
    "refuse_ineligible": _("The conditions are not met"),
    "select": _("Selected by the committee"),
    "put_on_reserve": _("Put on the list of reserves"),
    "reject": _("Not selected"),
    "promote": _("Moved up from the reserves"),
    "contract": _("The loan was prepared"),
    "cancel_selection": _("The selection was cancelled"),
    "withdraw": _("Withdrawn"),
}
LOAN_WORDS: dict[str, Any] = {
    "approve": _("Approved"),
    "disburse": _("Paid out"),
    "cancel": _("Called off"),
    "repay": _("Repaid in full"),
    "reopen": _("Reopened: a payment was taken back"),
    "accelerate": _("Accelerated: everything falls due"),
    "write_off": _("Written off"),
}
SHOWN_REASONS = frozenset(
    {"return_for_correction", "refuse_ineligible", "reject", "cancel_selection", "accelerate", "reopen"}
)


def application_history(changes: Iterable[Change]) -> list[Happening]:
    return _happenings(changes, APPLICATION_WORDS)


def loan_history(changes: Iterable[Change]) -> list[Happening]:
    return _happenings(changes, LOAN_WORDS)


def happened_since(loan: Loan, version: int) -> list[Since]:
    """The changes and ledger entries after ``version`` of ``loan``, newest first: each counts one version."""
    changes = changes_since(loan, version)
    now = Loan.objects.values_list("version", flat=True).get(pk=loan.pk)
    rest = max(now - version - len(changes), 0)
    entries = loan.entries.select_related("recorded_by").order_by("-sequence")[:rest]
    return sorted([*map(as_since, entries), *changes], key=lambda row: row.at, reverse=True)


def as_since(entry: LedgerEntry) -> Since:
    """A ledger entry as the page of a conflict tells it."""
    kind = entry.get_kind_display()
    what = f"{kind} {format_won(entry.amount)}" if entry.amount else kind
    return Since(entry.recorded_at, entry.recorded_by, _sentence(what, entry.note))


def _sentence(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def handed_in_at(application: LoanApplication) -> datetime:
    """The last time: the first submission, or the one after a correction. Before it, when it was saved."""
    last = application.history().filter(transition__in=["submit", "resubmit"]).first()
    return last.at if last else application.updated_at


def days_of(changes: Iterable[Change]) -> dict[str, date]:
    """The latest day of each transition."""
    days: dict[str, date] = {}
    for change in changes:
        days.setdefault(change.transition, timezone.localdate(change.at))
    return days


def _happenings(changes: Iterable[Change], words: dict[str, Any]) -> list[Happening]:
    return [
        Happening(
            change.at,
            str(words.get(change.transition, change.transition)),
            change.reason if change.transition in SHOWN_REASONS else "",
        )
        for change in changes
    ]


def reason_shown(application: LoanApplication, changes: Sequence[Change]) -> str:
    """Why it stands where it stands, where the applicant needs to know."""
    last = changes[0] if changes else None
    if last is None or last.transition not in SHOWN_REASONS or last.target != application.state:
        return ""
    return last.reason
