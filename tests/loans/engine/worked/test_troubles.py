"""Called in, written off, forgiven, planned anew."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    Acceleration,
    Component,
    DayCount,
    Fee,
    LateBase,
    LateRule,
    Method,
    RateChange,
    Recovery,
    Rescheduling,
    Waiver,
    WorkingDay,
    WriteOff,
    replay,
)
from tests.loans.engine.cases import PAID_OUT, SIMPLE, allocated, pay


def test_acceleration_makes_everything_due():
    """Two instalments missed; on 20 March all 600,000 fall due, and only principal bears late interest from then."""
    call = Acceleration(id="call", value_date=date(2025, 3, 20))
    state = replay(SIMPLE, [PAID_OUT, call], date(2025, 3, 20))
    assert state.is_accelerated
    assert state.due == state.owed
    assert state.due.principal == 600_000
    assert state.due.interest == 1860 + 1400 + 400
    assert [row.principal for row in state.instalments] == [100_000, 100_000, 400_000]
    assert state.instalments[2].due == date(2025, 3, 20)
    at_call = state.late_interest
    later = replay(SIMPLE, [PAID_OUT, call], date(2025, 3, 30))
    assert later.late_interest - at_call == 600_000 * 73 * 10 // 365_000 == 1200
    assert later.interest_accrued == 0
    amount = replay(
        replace(SIMPLE, late=LateRule(spread="0.0365", base=LateBase.OVERDUE_AMOUNT)),
        [PAID_OUT, call],
        date(2025, 3, 30),
    )
    assert amount.late_interest - at_call == 1206


def test_acceleration_before_a_moved_due_date_makes_it_due_at_once():
    """The instalment of Saturday 10 May is due on Monday; called in on Sunday, it is overdue on Monday."""
    terms = replace(SIMPLE, working_day=WorkingDay.FOLLOWING)
    call = Acceleration(id="call", value_date=date(2025, 5, 11))
    paid = [pay(date(2025, m, 10), 100_000 + i, f"p{m}") for m, i in ((2, 1860), (3, 1400), (4, 1240))]
    state = replay(terms, [PAID_OUT, *paid, call], date(2025, 5, 12))
    assert [row.due for row in state.instalments][-2:] == [date(2025, 5, 11)] * 2
    assert state.days_overdue == 1
    assert state.overdue.principal == 300_000


def test_write_off_and_recovery():
    off = WriteOff(id="off", value_date=date(2025, 3, 20))
    state = replay(SIMPLE, [PAID_OUT, off], date(2026, 3, 20))
    lost = 600_000 + 1860 + 1400 + 400 + 774 + 202
    assert state.is_written_off
    assert not state.is_closed
    assert state.owed.total == state.arrears == 0
    assert state.written_off.total == lost
    assert state.next_due is None
    back = Recovery(id="back", value_date=date(2025, 8, 1), amount=5000)
    state = replay(SIMPLE, [PAID_OUT, off, back], date(2026, 3, 20))
    assert state.recovered == 5000
    assert state.written_off.total == lost - 5000
    assert allocated(state, "back") == [
        ("late_interest", 1, 774),
        ("late_interest", 2, 202),
        ("interest", 1, 1860),
        ("interest", 2, 1400),
        ("interest", 3, 400),
        ("principal", 1, 364),
    ]
    more = Recovery(id="more", value_date=date(2025, 9, 1), amount=lost)
    state = replay(SIMPLE, [PAID_OUT, off, back, more], date(2026, 3, 20))
    assert (state.written_off.total, state.recovered, state.unapplied, state.received) == (
        0,
        lost,
        5000,
        lost + 5000,
    )


def test_waivers_are_kept_apart_from_cash():
    day = date(2025, 3, 2)
    waived = Waiver(id="waive", value_date=day, amount=407, component=Component.LATE_INTEREST)
    some = Waiver(
        id="some", value_date=day, sequence=1, amount=860, component=Component.INTEREST, instalment=1
    )
    state = replay(SIMPLE, [PAID_OUT, waived, some], day)
    assert (state.late_interest, state.interest_due, state.received) == (0, 1000, 0)
    assert [tuple(w)[2:] for w in state.waivers] == [(1, 407), (1, 860)]
    first = state.instalments[0]
    assert (first.waived, first.paid, first.late_interest, first.outstanding) == (1267, 0, 407, 101_000)
    assert (
        replay(SIMPLE, [PAID_OUT, waived, some], date(2025, 3, 3)).late_interest
        == (101_860 * 20 + 101_000) * 73 // 365_000 - 407
    )


def test_a_waived_fee():
    day = date(2025, 1, 20)
    events = [
        PAID_OUT,
        Fee(id="one", value_date=day, amount=300),
        Fee(id="two", value_date=day, sequence=1, amount=500),
        Waiver(id="w", value_date=day, sequence=2, amount=400, component=Component.FEE),
    ]
    state = replay(SIMPLE, events, day)
    assert (state.fees_due, [w.amount for w in state.waivers]) == (400, [300, 100])


def test_rescheduling_stretches_what_is_not_yet_due():
    plan = Rescheduling(id="plan", value_date=date(2025, 2, 20), instalments=10, grace=2)
    state = replay(SIMPLE, [PAID_OUT, pay(date(2025, 2, 10), 101_860), plan], date(2025, 2, 20))
    assert [row.principal for row in state.instalments] == [100_000, 0, 0, *[62_500] * 8]
    assert state.instalments[1].due == date(2025, 3, 10)
    assert state.instalments[-1].due == date(2025, 12, 10)
    assert state.instalments[1].interest == 1400


def test_rescheduling_with_arrears_and_another_due_day():
    call = Acceleration(id="call", value_date=date(2025, 3, 20))
    plan = Rescheduling(
        id="plan",
        value_date=date(2025, 3, 20),
        sequence=1,
        instalments=4,
        next_due=date(2025, 4, 25),
        include_arrears=True,
    )
    state = replay(SIMPLE, [PAID_OUT, call, plan], date(2025, 3, 20))
    assert not state.is_accelerated
    assert state.due.principal == 0
    assert state.interest_due == 3660
    assert [row.due for row in state.instalments[3:]] == [
        date(2025, 4, 25),
        date(2025, 5, 25),
        date(2025, 6, 25),
        date(2025, 7, 25),
    ]
    assert [row.principal for row in state.instalments] == [0, 0, 0, *[150_000] * 4]
    assert state.instalments[3].interest == 600_000 * 36 // 10_000


def test_rescheduling_with_stated_amounts():
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT)
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_055)]
    plan = Rescheduling(
        id="plan", value_date=date(2025, 2, 20), instalments=3, amounts=(50_805, 50_000, 400_000)
    )
    state = replay(terms, [*events, plan], date(2025, 2, 20))
    assert [row.principal for row in state.instalments] == [99_195, 50_805, 50_000, 400_000]
    change = RateChange(id="rate", value_date=date(2025, 2, 25), annual_rate="0.01")
    extra = pay(date(2025, 2, 26), 30_000)
    state = replay(terms, [*events, plan, change, extra], date(2025, 2, 26))
    assert [row.principal - row.prepaid for row in state.instalments][:3] == [99_195, 50_805, 50_000]
    assert sum(row.principal for row in state.instalments) == 600_000


@pytest.mark.parametrize("day_count", DayCount)
def test_rescheduling_in_every_day_count_repays_all(day_count):
    terms = replace(SIMPLE, day_count=day_count, working_day=WorkingDay.FOLLOWING)
    plan = Rescheduling(id="plan", value_date=date(2025, 2, 20), instalments=7, next_due=date(2025, 3, 31))
    state = replay(terms, [PAID_OUT, plan], date(2025, 2, 20))
    assert [row.due for row in state.instalments[1:4]] == [
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 6, 2),
    ]
    assert sum(row.principal for row in state.instalments) == 600_000
