"""What a loan looks like on a day: balances now, and views of instalments and allocations on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from .ledger import Ledger
from .rules import Component
from .terms import Terms


class Allocation(NamedTuple):
    """Part of an event's money: what it settled. ``instalment`` is 0 for what belongs to the loan itself."""

    event: str
    component: Component
    instalment: int
    amount: int


class InstalmentState(NamedTuple):
    """One instalment with what was paid of it; amounts in minor units.

    ``principal`` includes ``prepaid``, principal paid ahead during its period. Of a future instalment the
    interest is a projection: as if all is paid when due at the rates known. Paid parts are cash; what was
    forgiven stands under ``waived``.
    """

    number: int
    due: date
    period_start: date
    period_end: date
    principal: int
    interest: int
    late_interest: int
    principal_paid: int
    interest_paid: int
    late_interest_paid: int
    waived: int
    prepaid: int
    balance: int
    is_due: bool

    @property
    def days(self) -> int:
        """Days of the period, the first counted and the last not."""
        return (self.period_end - self.period_start).days

    @property
    def amount(self) -> int:
        """All that this instalment asks for."""
        return self.principal + self.interest + self.late_interest

    @property
    def paid(self) -> int:
        """All that was paid of it, in cash."""
        return self.principal_paid + self.interest_paid + self.late_interest_paid

    @property
    def outstanding(self) -> int:
        """What is still to be paid of it."""
        return self.amount - self.paid - self.waived


class Owed(NamedTuple):
    """An amount by component, in minor units."""

    principal: int = 0
    interest: int = 0
    late_interest: int = 0
    fees: int = 0

    @property
    def total(self) -> int:
        """The sum of the components."""
        return self.principal + self.interest + self.late_interest + self.fees


@dataclass(frozen=True)
class LoanState:
    """A loan on the evening of ``as_of``, with every event up to and on that day.

    ``owed`` is all that is outstanding: the whole principal, and interest due or accrued to the day. ``due``
    is the part that has fallen due; ``arrears`` the part due before ``as_of`` with its late interest. After a
    write-off these are 0 and ``written_off`` says what remains to be recovered.
    """

    terms: Terms
    as_of: date
    disbursed: int
    owed: Owed
    due: Owed
    overdue: Owed
    written_off: Owed
    unapplied: int
    received: int
    refunded: int
    recovered: int
    days_overdue: int
    classification: str
    is_accelerated: bool
    is_written_off: bool
    ledger: Ledger = field(repr=False, compare=False)

    @property
    def principal_outstanding(self) -> int:
        """Principal disbursed and neither repaid nor written off."""
        return self.owed.principal

    @property
    def interest_due(self) -> int:
        """Interest fallen due and unpaid."""
        return self.due.interest

    @property
    def interest_accrued(self) -> int:
        """Interest accrued to the day that has not fallen due yet."""
        return self.owed.interest - self.due.interest

    @property
    def late_interest(self) -> int:
        """Late interest to the day, unpaid."""
        return self.due.late_interest

    @property
    def fees_due(self) -> int:
        """Fees charged and unpaid."""
        return self.due.fees

    @property
    def arrears(self) -> int:
        """All that fell due before the day and is unpaid, with late interest; fees included."""
        return self.overdue.total

    @property
    def undisbursed(self) -> int:
        """What of the agreed principal was not paid out."""
        return self.terms.principal - self.disbursed

    @property
    def is_closed(self) -> bool:
        """Paid out, and nothing is owed any more, by payment."""
        return self.disbursed > 0 and not self.is_written_off and self.owed.total == 0

    @cached_property
    def allocations(self) -> tuple[Allocation, ...]:
        """Where the money went, in the order in which it was applied."""
        return tuple(Allocation._make(entry) for entry in self.ledger.entries)

    @cached_property
    def waivers(self) -> tuple[Allocation, ...]:
        """What was forgiven, by event."""
        return tuple(Allocation._make(entry) for entry in self.ledger.waivers)

    def allocations_of(self, event_id: str) -> tuple[Allocation, ...]:
        """Where the money of one event went."""
        return tuple(a for a in self.allocations if a.event == event_id)

    @cached_property
    def instalments(self) -> tuple[InstalmentState, ...]:
        """Every instalment, past ones as they happened and future ones projected."""
        from .views import instalment_states

        return instalment_states(self.ledger)

    @cached_property
    def next_instalment(self) -> InstalmentState | None:
        """The first instalment due on or after the day with something still to pay."""
        if self.is_written_off:
            return None
        return next((i for i in self.instalments if i.due >= self.as_of and i.outstanding > 0), None)

    @property
    def next_due(self) -> date | None:
        """When the next instalment falls due."""
        return self.next_instalment.due if self.next_instalment else None

    @property
    def next_amount(self) -> int:
        """What is still to be paid of the next instalment; arrears are not in it."""
        return self.next_instalment.outstanding if self.next_instalment else 0


def allocation_diff(before: LoanState, after: LoanState) -> tuple[Allocation, ...]:
    """What a backdated or reversed event moved, in minor units: above 0 what is new, below 0 what is gone."""
    amounts: dict[tuple[str, Component, int], int] = {}
    for state, sign in ((after, 1), (before, -1)):
        for event, component, instalment, amount in state.allocations:
            key = (event, component, instalment)
            amounts[key] = amounts.get(key, 0) + sign * amount
    return tuple(Allocation(*key, amount) for key, amount in sorted(amounts.items()) if amount)
