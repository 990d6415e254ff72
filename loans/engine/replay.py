"""Events in, state out: the only truth about a loan is its terms and what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from . import events as e
from .allocation import apply_pool, prepay, settle_due, settle_rows
from .errors import EngineError, require
from .history import effective, in_turn
from .ledger import Ledger, Money
from .motion import advance, change_rate
from .rescheduling import reschedule
from .rules import Component, Prepaying, classify
from .state import LoanState, Owed
from .terms import Terms
from .views import days_overdue, outstanding, unsettled

_NOTHING = Owed()


def replay(terms: Terms, events: Iterable[e.Event], as_of: date) -> LoanState:
    """The state of a loan on the evening of ``as_of``.

    Events after ``as_of`` are ignored; the rest count by value date, then sequence, whatever order they come
    in. Amounts are minor units. Raises EngineError for an event that is impossible where it stands.
    """
    return state_of(run(terms, events, as_of), as_of)


def run(terms: Terms, events: Iterable[e.Event], as_of: date) -> Ledger:
    """The ledger after all that happened up to and on ``as_of``."""
    ledger = Ledger(terms)
    start = terms.start
    for event in in_turn(effective(events, as_of), terms.prepaying):
        require(event.value_date >= start, "value_date", "must not be before the start of the loan")
        day = event.value_date.toordinal()
        advance(ledger, day)
        if ledger.written_off_on is not None:
            allowed = isinstance(event, e.Recovery | e.Refund)
            require(allowed, "type", "must be a recovery or a refund, since the loan is written off")
        handle = _HANDLERS.get(type(event))
        if handle is None:
            raise EngineError("type", "must be one of the engine's kinds of events")
        handle(ledger, event, day)
    day = as_of.toordinal()
    advance(ledger, day)
    ledger.accrue(day)
    ledger.accrue_late(day)
    return ledger


def state_of(ledger: Ledger, as_of: date) -> LoanState:
    """The readings of a ledger that has been run to ``as_of``."""
    day, terms = as_of.toordinal(), ledger.terms
    due = unsettled(ledger, day + 1)
    owed = outstanding(ledger)
    overdue = unsettled(ledger, day)
    days = days_overdue(ledger, day)
    lost = ledger.written_off_on is not None
    return LoanState(
        terms=terms,
        as_of=as_of,
        disbursed=ledger.disbursed,
        owed=_NOTHING if lost else owed,
        due=_NOTHING if lost else due,
        overdue=_NOTHING if lost else overdue,
        written_off=owed if lost else _NOTHING,
        unapplied=sum(money.amount for money in ledger.pool),
        received=ledger.received,
        refunded=ledger.refunded,
        recovered=ledger.recovered,
        days_overdue=days,
        classification=classify(days, terms.bands),
        is_accelerated=ledger.accelerated_on is not None,
        is_written_off=lost,
        ledger=ledger,
    )


def _disburse(ledger: Ledger, event: e.Disbursement, day: int) -> None:
    within = ledger.disbursed + event.amount <= ledger.terms.principal
    require(within, "amount", "must not bring disbursements above the agreed principal")
    live = ledger.accelerated_on is None and ledger.current < ledger.count
    require(live, "value_date", "must be before the last due date of a loan that is not called in")
    ledger.accrue(day)
    ledger.disbursed += event.amount
    ledger.undue += event.amount
    ledger.paid_out.append((day, event.amount))
    ledger.replan()


def _pay(ledger: Ledger, event: e.Payment, day: int) -> None:
    effect = event.prepaying or ledger.terms.prepaying
    ledger.received += event.amount
    ledger.pool.append(Money(event.id, event.amount, waits=effect is Prepaying.HOLD))
    apply_pool(ledger, day)
    prepay(ledger, day, effect)


def _charge(ledger: Ledger, event: e.Fee, day: int) -> None:
    ledger.fees.append(event.amount)
    ledger.settled_fees.append(0)
    apply_pool(ledger, day)


def _waive(ledger: Ledger, event: e.Waiver, day: int) -> None:
    ledger.accrue_late(day)
    column = ledger.columns[event.component]
    rows = range(ledger.current)
    if event.component is Component.FEE:
        rows = range(len(ledger.fees))
    elif event.instalment is not None:
        require(event.instalment <= ledger.current, "instalment", "must have fallen due")
        rows = range(event.instalment - 1, event.instalment)
    left = settle_rows(column, rows, event.id, event.amount, ledger.waivers)
    require(left == 0, "amount", "must not exceed what is due of that component")
    apply_pool(ledger, day)


def _refund(ledger: Ledger, event: e.Refund, _day: int) -> None:
    left = event.amount
    while ledger.pool and left:
        oldest = ledger.pool[0]
        part = min(oldest.amount, left)
        left -= part
        ledger.pool[:1] = [oldest._replace(amount=oldest.amount - part)] if oldest.amount > part else []
    require(left == 0, "amount", "must not exceed the unapplied money")
    ledger.refunded += event.amount


def _change_rate(ledger: Ledger, event: e.RateChange, day: int) -> None:
    change_rate(ledger, day, event.annual_rate)


def _accelerate(ledger: Ledger, _event: e.Acceleration, day: int) -> None:
    require(ledger.accelerated_on is None, "type", "must not accelerate a loan twice")
    require(ledger.disbursed, "type", "must follow a disbursement")
    _call_in(ledger, day)
    ledger.accelerated_on = day
    apply_pool(ledger, day)


def _call_in(ledger: Ledger, day: int) -> None:
    """Make the current row the last one, due now, with all the principal and the interest accrued."""
    ledger.accrue_late(day)
    if ledger.current < ledger.count:
        ledger.call_in(day)


def _write_off(ledger: Ledger, _event: e.WriteOff, day: int) -> None:
    _call_in(ledger, day)
    require(outstanding(ledger).total, "type", "must have something left to write off")
    ledger.written_off_on = day


def _recover(ledger: Ledger, event: e.Recovery, _day: int) -> None:
    require(ledger.written_off_on is not None, "type", "must follow a write-off")
    left = settle_due(ledger, event.id, event.amount)
    ledger.received += event.amount
    ledger.recovered += event.amount - left
    if left:
        ledger.pool.append(Money(event.id, left))


_HANDLERS: dict[type[e.Event], Callable[[Ledger, Any, int], None]] = {
    e.Disbursement: _disburse,
    e.Payment: _pay,
    e.Fee: _charge,
    e.Waiver: _waive,
    e.Refund: _refund,
    e.RateChange: _change_rate,
    e.Rescheduling: reschedule,
    e.Acceleration: _accelerate,
    e.WriteOff: _write_off,
    e.Recovery: _recover,
}
