"""A new plan for an old loan: other instalments, another grace, other dates, stated amounts."""

from __future__ import annotations

from .daycount import DayCount, period_index
from .duedates import adjuster, due_ordinals
from .errors import require
from .events import Rescheduling
from .grid import Grid, first_due_date, knots_before
from .ledger import Ledger


def reschedule(ledger: Ledger, event: Rescheduling, day: int) -> None:
    """Carry out ``event``; EngineError where nothing is left to plan or the amounts do not add up."""
    ledger.accrue(day)
    ledger.accrue_late(day)
    if event.include_arrears:
        _take_back_arrears(ledger)
    require(ledger.undue > 0, "type", "must have principal that is not yet due to plan")
    row = ledger.current
    ledger.grace = row + event.grace
    ledger.end_interest_grace(row + event.instalments - 1)
    ledger.regrid(_next_grid(ledger, event, day))
    if event.amounts is None:
        ledger.replan()
        return
    require(sum(event.amounts) == ledger.undue, "amounts", f"must add up to the {ledger.undue} not yet due")
    ledger.level = 0  # stated amounts stay as they are until something else is agreed
    ledger.plan[row:] = event.amounts


def _take_back_arrears(ledger: Ledger) -> None:
    """Overdue principal is not due any more; what was paid of it stays where it was."""
    for row in range(ledger.oldest, ledger.current):
        ledger.undue += ledger.plan[row] - ledger.settled_principal[row]
        ledger.plan[row] = ledger.settled_principal[row]
    ledger.accelerated_on = None


def _next_grid(ledger: Ledger, event: Rescheduling, day: int) -> Grid:
    terms, row = ledger.terms, ledger.current
    first = first_due_date(terms)
    if event.next_due is None:
        anchors = due_ordinals(first, terms.frequency, row + event.instalments, terms.due_day)[row:]
    else:
        first = event.next_due
        anchors = due_ordinals(first, terms.frequency, event.instalments)
    move = adjuster(terms.working_day, terms.holidays)
    dues = [*ledger.dues[:row], *map(move, anchors)]
    later = min(anchors[0], dues[row]) > max(day, ledger.ends[row])
    require(
        later, "next_due", "must be a day, after the rescheduling and the last period, that is still to come"
    )
    ends = [*ledger.ends[: row + 1], *(dues[row:] if terms.interest_follows else anchors)]
    days = ledger.grid.days
    if terms.day_count is DayCount.PERIODS:
        before = knots_before(ledger.ends[0], first_due_date(terms), terms.frequency, terms.due_day)
        days = period_index(sorted({*before, *ends[1:]}), terms.frequency.periods_per_year)
    return Grid(ends, dues, days)
