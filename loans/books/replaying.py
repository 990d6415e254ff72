"""From ledger entries to the engine's events and back to what a loan looks like on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from loans.engine import (
    Acceleration,
    Component,
    Disbursement,
    EngineError,
    Event,
    Fee,
    LoanState,
    Payment,
    Prepaying,
    Quote,
    RateChange,
    Recovery,
    Refund,
    Rescheduling,
    Reversal,
    Terms,
    Waiver,
    WriteOff,
    from_dict,
    payoff,
    replay,
)
from loans.models import LedgerEntry, Loan

Kind = LedgerEntry.Kind


class ImpossibleEntry(DomainError):
    """The ledger would contradict itself: a waiver of more than is owed, a payment before the loan …"""

    status = 409
    default = _("This does not fit what the loan's ledger says, so nothing was recorded.")

    def __init__(self, error: EngineError) -> None:
        super().__init__()
        self.field, self.rule = error.field, error.rule


def terms_of(loan: Loan) -> Terms:
    """The terms that were frozen when the loan was paid out."""
    return from_dict(loan.terms)


def event_of(entry: LedgerEntry) -> Event:
    """One ledger entry as the engine's event."""
    common: dict[str, Any] = {
        "id": entry.event_id,
        "value_date": entry.value_date,
        "sequence": entry.sequence,
    }
    return _EVENTS[entry.kind](entry, common)


def _payment(entry: LedgerEntry, common: dict[str, Any]) -> Event:
    rule = entry.data.get("prepaying")
    return Payment(amount=entry.amount, prepaying=Prepaying(rule) if rule else None, **common)


def _waiver(entry: LedgerEntry, common: dict[str, Any]) -> Event:
    return Waiver(
        amount=entry.amount,
        component=Component(entry.data["component"]),
        instalment=entry.data.get("instalment"),
        **common,
    )


def _rescheduling(entry: LedgerEntry, common: dict[str, Any]) -> Event:
    data = entry.data
    return Rescheduling(
        instalments=data["instalments"],
        grace=data.get("grace", 0),
        next_due=date.fromisoformat(data["next_due"]) if data.get("next_due") else None,
        include_arrears=data.get("include_arrears", False),
        **common,
    )


_EVENTS: dict[str, Any] = {
    Kind.DISBURSEMENT: lambda entry, common: Disbursement(amount=entry.amount, **common),
    Kind.PAYMENT: _payment,
    Kind.FEE: lambda entry, common: Fee(amount=entry.amount, **common),
    Kind.WAIVER: _waiver,
    Kind.REFUND: lambda entry, common: Refund(amount=entry.amount, **common),
    Kind.RATE_CHANGE: lambda entry, common: RateChange(annual_rate=entry.data["annual_rate"], **common),
    Kind.RESCHEDULING: _rescheduling,
    Kind.ACCELERATION: lambda entry, common: Acceleration(**common),
    Kind.WRITE_OFF: lambda entry, common: WriteOff(**common),
    Kind.RECOVERY: lambda entry, common: Recovery(amount=entry.amount, **common),
    Kind.REVERSAL: lambda entry, common: Reversal(target=entry.data["target"], **common),
}


def loan_state(loan: Loan, as_of: date, entries: Iterable[LedgerEntry] | None = None) -> LoanState:
    """What the ledger of ``loan`` says on the evening of ``as_of``. Raises ``ImpossibleEntry``."""
    try:
        return replay(terms_of(loan), _events(loan, entries), as_of)
    except EngineError as error:
        raise ImpossibleEntry(error) from error


def payoff_quote(loan: Loan, on: date, entries: Iterable[LedgerEntry] | None = None) -> Quote:
    """What closes ``loan`` on a day, after everything recorded up to and on it."""
    try:
        return payoff(terms_of(loan), _events(loan, entries), on)
    except EngineError as error:
        raise ImpossibleEntry(error) from error


def _events(loan: Loan, entries: Iterable[LedgerEntry] | None) -> list[Event]:
    return [event_of(entry) for entry in (loan.entries.all() if entries is None else entries)]
