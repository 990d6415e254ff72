"""What a state says of itself, and the difference between two."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    Acceleration,
    Component,
    Disbursement,
    Fee,
    Owed,
    Payment,
    Reversal,
    Tranche,
    Waiver,
    WriteOff,
    allocation_diff,
    build_schedule,
    replay,
)

from .cases import PAID_OUT, SIMPLE, pay

LATE = date(2025, 3, 2)


def test_an_instalment_adds_up_its_parts():
    """Late interest of 407 and interest of 1,860 are paid, and 40,000 of 100,000 principal; then 7 won are forgiven."""
    paid = pay(LATE, 407 + 1860 + 40_000)
    forgiven = Waiver(id="w", value_date=date(2025, 3, 3), amount=7, component=Component.LATE_INTEREST)
    row = replay(SIMPLE, [PAID_OUT, paid, forgiven], date(2025, 3, 3)).instalments[0]
    assert (row.late_interest_paid, row.interest_paid, row.principal_paid) == (407, 1860, 40_000)
    assert (row.late_interest, row.waived) == (419, 7)
    assert row.amount == 419 + 1860 + 100_000
    assert row.paid == 42_267
    assert row.outstanding == row.amount - row.paid - 7 == 60_005


def test_what_is_owed_adds_up_its_components():
    fee = Fee(id="fee", value_date=LATE, amount=5000)
    state = replay(SIMPLE, [PAID_OUT, fee], LATE)
    assert state.owed == Owed(principal=600_000, interest=1860 + 1000, late_interest=407, fees=5000)
    assert state.due == Owed(principal=100_000, interest=1860, late_interest=407, fees=5000)
    assert (state.owed.total, state.due.total, state.arrears) == (608_267, 107_267, 107_267)
    assert (state.interest_due, state.interest_accrued, state.late_interest, state.fees_due) == (
        1860,
        1000,
        407,
        5000,
    )
    assert state.principal_outstanding == 600_000


def test_a_loan_paid_out_in_part():
    state = replay(SIMPLE, [replace(PAID_OUT, amount=250_000)], SIMPLE.start)
    assert (state.disbursed, state.undisbursed) == (250_000, 350_000)


def test_a_loan_is_closed_when_it_was_paid_out_and_nothing_is_owed():
    paid = pay(date(2025, 1, 20), 600_600)
    assert not replay(SIMPLE, [], date(2025, 1, 20)).is_closed
    assert not replay(SIMPLE, [PAID_OUT], date(2025, 1, 20)).is_closed
    assert replay(SIMPLE, [PAID_OUT, paid], date(2025, 1, 20)).is_closed
    off = WriteOff(id="off", value_date=date(2025, 1, 20))
    lost = replay(SIMPLE, [PAID_OUT, off], date(2025, 1, 20))
    assert (lost.is_closed, lost.owed.total, lost.due.total, lost.written_off.total) == (False, 0, 0, 600_600)


def test_the_next_instalment_is_the_first_from_today_with_something_to_pay():
    due = date(2025, 2, 10)
    today = replay(SIMPLE, [PAID_OUT], due)
    assert (today.next_due, today.next_amount, today.next_instalment.number) == (due, 101_860, 1)
    paid = replay(SIMPLE, [PAID_OUT, pay(due, 101_859)], due)
    assert (paid.next_due, paid.next_amount) == (due, 1)
    paid = replay(SIMPLE, [PAID_OUT, pay(due, 101_860)], due)
    assert (paid.next_due, paid.next_amount) == (date(2025, 3, 10), 101_400)
    assert replay(SIMPLE, [PAID_OUT], date(2025, 7, 11)).next_due is None


def test_allocations_of_an_event_are_its_own():
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_860, "a"), pay(date(2025, 3, 10), 101_400, "b")]
    state = replay(SIMPLE, events, date(2025, 3, 10))
    assert [part.amount for part in state.allocations_of("a")] == [1860, 100_000]
    assert sum(part.amount for part in state.allocations) == 203_260


def test_a_difference_shows_only_what_moved():
    """10,000 found in February: of the payment in March, 10,000 go to the next instalment; the rest stays."""
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_860, "feb"), pay(date(2025, 3, 10), 50_000, "mar")]
    before = replay(SIMPLE, [*events[:2], events[2]], date(2025, 3, 10))
    taken = Reversal(id="undo", value_date=date(2025, 3, 10), sequence=9, target="feb")
    small = Payment(id="small", value_date=date(2025, 2, 10), sequence=2, amount=91_860)
    after = replay(SIMPLE, [*events, taken, small], date(2025, 3, 10))
    moved = [(d.event, str(d.component), d.instalment, d.amount) for d in allocation_diff(before, after)]
    assert moved == [
        ("feb", "interest", 1, -1860),
        ("feb", "principal", 1, -100_000),
        ("mar", "late_interest", 1, 56),
        ("mar", "principal", 1, 10_000),
        ("mar", "principal", 2, -10_056),
        ("small", "interest", 1, 1860),
        ("small", "principal", 1, 90_000),
    ]
    assert allocation_diff(before, before) == ()


def test_a_tranche_counts_in_the_balance_of_the_day_it_is_paid_out():
    """On the first due date itself, and inside the second period."""
    for day, first in ((date(2025, 2, 10), 533_334), (date(2025, 2, 20), 333_334)):
        terms = replace(SIMPLE, tranches=(Tranche(SIMPLE.start, 400_000), Tranche(day, 200_000)))
        events = [
            replace(PAID_OUT, amount=400_000),
            Disbursement(id="second", value_date=day, amount=200_000),
        ]
        rows = replay(terms, events, day).instalments
        assert rows[0].balance == build_schedule(terms).balances[0] == first
        assert rows[-1].balance == 0


@pytest.mark.parametrize("day", [date(2025, 2, 20), date(2025, 12, 1)])
def test_instalments_end_with_the_last_that_has_something_to_pay(day):
    """Without interest and prepaid in the second period: two instalments, however much later one looks."""
    terms = replace(SIMPLE, annual_rate=0)
    paid = [pay(date(2025, 2, 10), 100_000), pay(date(2025, 2, 20), 500_000)]
    rows = replay(terms, [PAID_OUT, *paid], day).instalments
    assert [(row.principal, row.prepaid) for row in rows] == [(100_000, 0), (500_000, 500_000)]


def test_a_loan_not_paid_out_has_one_empty_instalment():
    for day in (date(2025, 1, 1), date(2025, 5, 1)):
        assert [row.amount for row in replay(SIMPLE, [], day).instalments] == [0]


def test_interest_alone_keeps_an_instalment():
    """Called in on the last day of the second period with all principal repaid: its interest is still a row."""
    call = Acceleration(id="call", value_date=date(2025, 2, 20), sequence=3)
    state = replay(SIMPLE, [PAID_OUT, pay(date(2025, 2, 10), 101_860), call], date(2025, 2, 20))
    assert [row.interest for row in state.instalments] == [1860, 500]
