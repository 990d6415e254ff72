"""Readings of a ledger: instalments past and to come, and what is owed on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from .ledger import Ledger
from .motion import run_to_end
from .rules import Component
from .state import InstalmentState, Owed


def balances(ledger: Ledger) -> list[int]:
    """Principal outstanding on the evening of each period's end if all is paid as planned."""
    left, paid_out = [], list(ledger.paid_out)
    balance = 0
    for row in range(ledger.count):
        while paid_out and paid_out[0][0] <= ledger.ends[row + 1]:
            balance += paid_out.pop(0)[1]
        balance -= ledger.plan[row] + ledger.prepaid[row]
        left.append(balance)
    return left


def live_rows(ahead: Ledger) -> int:
    """How many rows to show: up to the last in which there is something to pay, and one at least."""
    last = ahead.count - 1
    while last and not (ahead.plan[last] or ahead.prepaid[last] or ahead.interest[last]):
        last -= 1
    return last + 1


def instalment_states(ledger: Ledger) -> tuple[InstalmentState, ...]:
    """The rows of ``ledger`` as instalments; rows that a shorter term has emptied are left out."""
    ahead = run_to_end(ledger)
    waived: Counter[tuple[Component, int]] = Counter()
    for _, component, number, amount in ledger.waivers:
        waived[component, number] += amount
    return tuple(
        _instalment(ledger, ahead, row, balance, waived)
        for row, balance in enumerate(balances(ahead)[: live_rows(ahead)])
    )


def _instalment(
    ledger: Ledger, ahead: Ledger, row: int, balance: int, waived: Counter[tuple[Component, int]]
) -> InstalmentState:
    interest_waived = waived[Component.INTEREST, row + 1]
    late_waived = waived[Component.LATE_INTEREST, row + 1]
    return InstalmentState(
        number=row + 1,
        due=date.fromordinal(ahead.dues[row]),
        period_start=date.fromordinal(ahead.ends[row]),
        period_end=date.fromordinal(ahead.ends[row + 1]),
        principal=ahead.plan[row] + ahead.prepaid[row],
        interest=ahead.interest[row],
        late_interest=ledger.late[row],
        principal_paid=ledger.settled_principal[row] + ledger.prepaid[row],
        interest_paid=ledger.settled_interest[row] - interest_waived,
        late_interest_paid=ledger.settled_late[row] - late_waived,
        waived=interest_waived + late_waived,
        prepaid=ledger.prepaid[row],
        balance=balance,
        is_due=row < ledger.current,
    )


def unsettled(ledger: Ledger, before: int) -> Owed:
    """What is unpaid of the rows that fell due before the day ``before``, and of all fees charged."""
    rows = [row for row in range(ledger.oldest, ledger.current) if ledger.dues[row] < before]
    return Owed(
        sum(ledger.plan[row] - ledger.settled_principal[row] for row in rows),
        sum(ledger.interest[row] - ledger.settled_interest[row] for row in rows),
        sum(ledger.late[row] - ledger.settled_late[row] for row in rows),
        sum(ledger.fees) - sum(ledger.settled_fees),
    )


def outstanding(ledger: Ledger) -> Owed:
    """All that is owed on the day to which ``ledger`` has accrued: billed, not yet due, and accrued."""
    billed = unsettled(ledger, ledger.last_day)
    accrued = ledger.accrued_due() if ledger.current < ledger.count else 0
    return billed._replace(principal=billed.principal + ledger.undue, interest=billed.interest + accrued)


def days_overdue(ledger: Ledger, day: int) -> int:
    """Days since the oldest due date on which principal or interest is still unpaid."""
    for row in range(ledger.oldest, ledger.current):
        unpaid = (
            ledger.plan[row] > ledger.settled_principal[row]
            or ledger.interest[row] > ledger.settled_interest[row]
        )
        if unpaid:
            return max(day - ledger.dues[row], 0)
    return 0
