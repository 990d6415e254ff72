"""Paid late, and where the money goes."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    AllocationOrder,
    DayCount,
    Fee,
    LateBase,
    LateRule,
    Prepaying,
    RateChange,
    Rounding,
    Waterfall,
    replay,
)
from tests.loans.engine.cases import PAID_OUT, SIMPLE, allocated, pay


def test_a_late_payment_with_late_interest():
    """Instalment 1 (100,000 + 1,860) paid 20 days late at 7.3 %: 101,860 × 7.3 % × 20 ÷ 365 = 407."""
    before = replay(SIMPLE, [PAID_OUT], date(2025, 3, 2))
    assert (before.days_overdue, before.late_interest, before.arrears) == (20, 407, 102_267)
    assert before.due.total == before.overdue.total == 102_267
    after = replay(SIMPLE, [PAID_OUT, pay(date(2025, 3, 2), 102_267, "late")], date(2025, 3, 2))
    assert allocated(after, "late") == [
        ("late_interest", 1, 407),
        ("interest", 1, 1860),
        ("principal", 1, 100_000),
    ]
    assert (after.arrears, after.days_overdue, after.unapplied) == (0, 0, 0)
    assert after.next_due == date(2025, 3, 10)
    assert after.next_amount == 101_400


@pytest.mark.parametrize(
    ("day", "late", "days", "label"),
    [
        (date(2025, 2, 10), 0, 0, "normal"),
        (date(2025, 2, 11), 20, 1, "normal"),
        (date(2025, 3, 11), 610, 29, "normal"),
        (date(2025, 3, 12), 651, 30, "precautionary"),
        (date(2025, 5, 10), 3_657, 89, "precautionary"),
        (date(2025, 5, 11), 3_737, 90, "substandard"),
        (date(2026, 2, 9), 35_155, 364, "substandard"),
        (date(2026, 2, 10), 35_275, 365, "estimated_loss"),
    ],
)
def test_late_interest_and_class_to_the_day(day, late, days, label):
    state = replay(SIMPLE, [PAID_OUT], day)
    assert (state.late_interest, state.days_overdue, state.classification) == (late, days, label)


@pytest.mark.parametrize(
    ("rule", "late"),
    [
        (LateRule(spread="0.0365"), 407),
        (LateRule(spread="0.0365", base=LateBase.OVERDUE_AMOUNT), 407),
        (LateRule(spread="0.0365", base=LateBase.OVERDUE_PRINCIPAL), 400),
        (LateRule(rate="0.10"), 558),
        (LateRule(spread="0.30"), 1116),  # the cap of 20 % a year
        (LateRule(spread="0.30", cap=None), 1878),
        (LateRule(rate="0.10", cap="0.12"), 558),
        (LateRule(spread="0.0365", rounding=Rounding(unit=10)), 400),
        (LateRule(spread="0.0365", day_count=DayCount.ACT_360), 413),
        (LateRule(spread="0.0365", day_count=DayCount.THIRTY_360), 454),
        (LateRule(spread="0.0365", grace_days=19), 407),
        (LateRule(spread="0.0365", grace_days=20), 0),
    ],
)
def test_late_rules(rule, late):
    assert replay(replace(SIMPLE, late=rule), [PAID_OUT], date(2025, 3, 2)).late_interest == late


def test_paid_within_the_grace_days_no_late_interest_is_owed():
    terms = replace(SIMPLE, late=LateRule(spread="0.0365", grace_days=5))
    paid = replay(terms, [PAID_OUT, pay(date(2025, 2, 15), 101_860)], date(2025, 3, 1))
    assert (paid.arrears, paid.late_interest) == (0, 0)
    part = replay(terms, [PAID_OUT, pay(date(2025, 2, 15), 51_860)], date(2025, 2, 16))
    assert part.late_interest == (101_860 * 5 + 50_000) * 73 // 365_000
    late = replay(terms, [PAID_OUT, pay(date(2025, 2, 16), 101_860)], date(2025, 2, 16))
    assert late.due.principal == 122  # the payment went to the late interest of six days first


def test_late_interest_of_whole_periods_counts_days():
    terms = replace(SIMPLE, day_count=DayCount.PERIODS)
    assert replay(terms, [PAID_OUT], date(2025, 3, 2)).late_interest == 101_825 * 73 * 20 // 365_000


def test_late_interest_follows_a_rate_change():
    change = RateChange(id="rate", value_date=date(2025, 2, 20), annual_rate="0.073")
    state = replay(SIMPLE, [PAID_OUT, change], date(2025, 3, 2))
    assert state.late_interest == (101_860 * 730 * 10 + 101_860 * 1095 * 10) // (365 * 10_000)


def test_costs_then_late_interest_then_interest_then_principal_oldest_first():
    """Two instalments overdue on 2 April, a fee of 5,000, and too little money."""
    events = [
        PAID_OUT,
        Fee(id="fee", value_date=date(2025, 4, 2), amount=5000),
        pay(date(2025, 4, 2), 150_000, "p", 2),
    ]
    state = replay(SIMPLE, events, date(2025, 4, 2))
    assert allocated(state, "p") == [
        ("fee", 0, 5000),
        ("late_interest", 1, 1038),
        ("late_interest", 2, 466),
        ("interest", 1, 1860),
        ("interest", 2, 1400),
        ("principal", 1, 100_000),
        ("principal", 2, 40_236),
    ]
    assert state.due.principal == 59_764


def test_allocation_by_instalment():
    order = AllocationOrder(run=Waterfall.BY_INSTALMENT)
    events = [
        PAID_OUT,
        Fee(id="fee", value_date=date(2025, 4, 2), amount=5000),
        pay(date(2025, 4, 2), 150_000, "p", 2),
    ]
    state = replay(replace(SIMPLE, allocation=order), events, date(2025, 4, 2))
    assert allocated(state, "p") == [
        ("fee", 0, 5000),
        ("late_interest", 1, 1038),
        ("interest", 1, 1860),
        ("principal", 1, 100_000),
        ("late_interest", 2, 466),
        ("interest", 2, 1400),
        ("principal", 2, 40_236),
    ]


def test_allocation_by_instalment_pays_a_fee_when_no_instalment_is_due():
    order = AllocationOrder(run=Waterfall.BY_INSTALMENT)
    events = [
        PAID_OUT,
        Fee(id="fee", value_date=date(2025, 1, 20), amount=5000),
        pay(date(2025, 1, 20), 5000, "p", 2),
    ]
    state = replay(replace(SIMPLE, allocation=order), events, date(2025, 1, 20))
    assert allocated(state, "p") == [("fee", 0, 5000)]


def test_money_held_settles_a_fee_that_comes_later():
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    events = [
        PAID_OUT,
        pay(date(2025, 1, 20), 7000, "p"),
        Fee(id="fee", value_date=date(2025, 1, 25), amount=5000),
    ]
    state = replay(terms, events, date(2025, 1, 25))
    assert (allocated(state, "p"), state.unapplied, state.fees_due) == ([("fee", 0, 5000)], 2000, 0)


def test_money_held_is_applied_on_the_due_date():
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    events = [PAID_OUT, pay(date(2025, 2, 7), 150_000, "p")]
    assert replay(terms, events, date(2025, 2, 9)).unapplied == 150_000
    assert replay(terms, events, date(2025, 2, 9)).owed.principal == 600_000
    state = replay(terms, events, date(2025, 2, 10))
    assert allocated(state, "p") == [("interest", 1, 1860), ("principal", 1, 100_000)]
    assert (state.unapplied, state.arrears) == (48_140, 0)
    later = replay(terms, events, date(2025, 3, 11))
    assert later.unapplied == 0
    assert later.due.principal == 100_000 + 1400 - 48_140
