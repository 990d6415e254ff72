"""Answers to a borrower: what closes the loan today, what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .allocation import prepayment_fee
from .events import Event
from .replay import run, state_of
from .terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What pays a loan off ``on`` a day; amounts in minor units.

    A payment of ``total`` on that day, after everything recorded, closes the loan at 0. ``unapplied`` is
    money already held, which the total takes into account.
    """

    on: date
    principal: int
    interest: int
    late_interest: int
    fees: int
    prepayment_fee: int
    unapplied: int

    @property
    def gross(self) -> int:
        """All that is owed on the day, the prepayment fee included."""
        return self.principal + self.interest + self.late_interest + self.fees + self.prepayment_fee

    @property
    def total(self) -> int:
        """What is still to be paid."""
        return max(self.gross - self.unapplied, 0)


def payoff(terms: Terms, events: Iterable[Event], on: date) -> Quote:
    """The payoff amount (상환금액) on a day, after the events up to and on it.

    Raises EngineError like ``replay``.
    """
    ledger = run(terms, events, on)
    state = state_of(ledger, on)
    owed = state.owed
    return Quote(
        on=on,
        principal=owed.principal,
        interest=owed.interest,
        late_interest=owed.late_interest,
        fees=owed.fees,
        prepayment_fee=prepayment_fee(ledger, on.toordinal(), ledger.undue),
        unapplied=state.unapplied,
    )
