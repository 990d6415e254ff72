"""Backdated, reversed, looked at from another day."""

from dataclasses import replace
from datetime import date

from loans.engine import (
    Component,
    Frequency,
    Refund,
    Rescheduling,
    Reversal,
    Terms,
    Tranche,
    Waiver,
    WorkingDay,
    allocation_diff,
    apr,
    is_working_day,
    replay,
)
from tests.loans.engine.cases import PAID_OUT, SEOLLAL, SIMPLE, pay
from tests.loans.engine.tables import table


def test_a_backdated_payment_simply_replays_and_the_difference_can_be_shown():
    """The transfer of 10 February was found in March: late interest goes, money moves to principal."""
    late = pay(date(2025, 3, 2), 102_267, "march")
    before = replay(SIMPLE, [PAID_OUT, late], date(2025, 3, 2))
    found = pay(date(2025, 2, 10), 101_860, "found", 9)
    after = replay(SIMPLE, [PAID_OUT, late, found], date(2025, 3, 2))
    assert [(d.event, str(d.component), d.instalment, d.amount) for d in allocation_diff(before, after)] == [
        ("found", "interest", 1, 1860),
        ("found", "principal", 1, 100_000),
        ("march", "interest", 1, -1860),
        ("march", "interest", 2, 1000),
        ("march", "late_interest", 1, -407),
        ("march", "principal", 1, -100_000),
        ("march", "principal", 2, 101_267),
    ]
    assert sum(d.amount for d in allocation_diff(before, after)) == 101_860


def test_reversals_and_their_reversals():
    wrong = pay(date(2025, 2, 10), 101_860, "wrong")
    undo = Reversal(id="undo", value_date=date(2025, 2, 20), target="wrong")
    redo = Reversal(id="redo", value_date=date(2025, 2, 25), target="undo")
    assert replay(SIMPLE, [PAID_OUT, wrong, undo], date(2025, 2, 19)).arrears == 0
    assert replay(SIMPLE, [PAID_OUT, wrong, undo], date(2025, 2, 20)).days_overdue == 10
    assert replay(SIMPLE, [PAID_OUT, wrong, undo, redo], date(2025, 2, 25)).arrears == 0


def test_before_anything_happened():
    state = replay(SIMPLE, [], date(2025, 1, 1))
    assert (state.disbursed, state.undisbursed, state.owed.total, state.is_closed) == (0, 600_000, 0, False)
    assert (state.next_due, state.next_amount) == (None, 0)
    assert state.principal_outstanding == 0


def test_money_that_comes_before_the_loan_is_held():
    early = pay(SIMPLE.start, 500, "early", sequence=0)
    out = replace(PAID_OUT, value_date=date(2025, 1, 15))
    assert replay(SIMPLE, [early, out], date(2025, 1, 20)).unapplied == 500


def test_working_days():
    assert [is_working_day(date(2026, 2, n), SEOLLAL) for n in (13, 14, 15, 16, 18, 19)] == [
        True,
        False,
        False,
        False,
        False,
        True,
    ]


def test_an_instalment_knows_its_days():
    assert [row.days for row in replay(SIMPLE, [PAID_OUT], SIMPLE.start).instalments] == [
        31,
        28,
        31,
        30,
        31,
        30,
    ]


def test_effective_annual_cost():
    """A bullet of one year at 10 % costs exactly 10 %; with a fee of 10,000 of 1,000,000, 11.11…%."""
    terms = Terms(
        principal=1_000_000,
        annual_rate="0.1",
        start=date(2025, 1, 10),
        instalments=1,
        frequency=Frequency.YEARLY,
        working_day=WorkingDay.NONE,
    )
    assert str(apr(terms)) == "0.1000000000"
    assert str(apr(terms, [(terms.start, 10_000)])) == "0.1111111111"
    assert apr(replace(terms, annual_rate=0)) == 0
    assert str(apr(replace(terms, annual_rate=3))) == "3.0000000000"
    split = replace(terms, tranches=(Tranche(terms.start, 500_000), Tranche(date(2025, 7, 10), 500_000)))
    assert "0.1" < str(apr(split)) < "0.104"


def test_table_helper_reads_what_it_shows():
    assert table("a b c\n1,000 · 2025-01-02") == [{"a": 1000, "b": 0, "c": date(2025, 1, 2)}]


def test_what_was_paid_ahead_survives_a_rescheduling():
    """500 of interest and 100,000 of principal paid on 20 February stay with the period in which they were paid."""
    plan = Rescheduling(id="plan", value_date=date(2025, 2, 25), instalments=3)
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_860), pay(date(2025, 2, 20), 100_500), plan]
    state = replay(SIMPLE, events, date(2025, 2, 25))
    second = state.instalments[1]
    assert (second.prepaid, second.interest_paid, second.number, second.is_due) == (100_000, 500, 2, False)
    assert [row.principal - row.prepaid for row in state.instalments] == [100_000, 133_333, 133_333, 133_334]
    assert [row.is_due for row in state.instalments] == [True, False, False, False]


def test_rescheduling_keeps_the_due_day_and_lets_interest_follow():
    """Due on the last day of the month; 28 February and 31 May 2025 are not the same kind of day."""
    terms = replace(
        SIMPLE, start=date(2025, 1, 31), due_day=31, working_day=WorkingDay.FOLLOWING, interest_follows=True
    )
    out = replace(PAID_OUT, value_date=terms.start)
    plan = Rescheduling(id="plan", value_date=date(2025, 3, 10), instalments=4)
    rows = replay(terms, [out, plan], date(2025, 3, 10)).instalments
    assert [row.due for row in rows] == [
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 6, 2),
        date(2025, 6, 30),
    ]
    assert [row.period_end for row in rows] == [row.due for row in rows]


def test_refunds_add_up_and_waivers_hit_their_instalment():
    events = [PAID_OUT, pay(date(2025, 1, 20), 601_000)]
    backs = [Refund(id=f"b{n}", value_date=date(2025, 1, 21), sequence=n, amount=100) for n in range(2)]
    assert replay(SIMPLE, [*events, *backs], date(2025, 1, 21)).refunded == 200
    waived = [
        Waiver(
            id=f"w{n}",
            value_date=date(2025, 3, 12),
            sequence=n,
            amount=300,
            component=Component.INTEREST,
            instalment=2,
        )
        for n in range(2)
    ]
    state = replay(SIMPLE, [PAID_OUT, *waived], date(2025, 3, 12))
    assert [row.waived for row in state.instalments] == [0, 600, 0, 0, 0, 0]
    assert [w.event for w in state.waivers] == ["w0", "w1"]
