"""Amounts that lack the smallest possible part of a won, and exact halves: nothing may be added on the way.

19,119 at 3 % over seven days is 10.99997…, 24,333 over one day 1.99997…; one 36,500th more would be a whole won.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from loans.engine import (
    DayCount,
    Frequency,
    LateRule,
    Method,
    Rounding,
    RoundingMode,
    Terms,
    WorkingDay,
    build_schedule,
    replay,
    unit_period_rate,
)
from loans.engine.portfolio import Portfolio, cash_by_month

from .cases import SIMPLE, paid_out, pay

WEEKS = Terms(
    principal=19_119,
    annual_rate="0.03",
    start=date(2025, 1, 10),
    instalments=4,
    method=Method.BULLET,
    frequency=Frequency.WEEKLY,
    day_count=DayCount.ACT_365F,
    working_day=WorkingDay.NONE,
)


def test_interest_just_below_a_won_is_cut_off_in_every_period():
    assert 19_119 * 3 * 7 == 11 * 36_500 - 1
    assert list(build_schedule(WEEKS).interest) == [10] * 4
    assert [row.interest for row in replay(WEEKS, [paid_out(WEEKS)], WEEKS.start).instalments] == [10] * 4


def test_deferred_interest_just_below_a_won_is_cut_off():
    """Two weeks together are 21.99995…."""
    terms = replace(WEEKS, interest_grace=1)
    assert list(build_schedule(terms).interest) == [0, 21, 10, 10]


def test_late_interest_just_below_a_won_is_cut_off():
    assert 24_333 * 3 * 1 == 2 * 36_500 - 1
    terms = replace(SIMPLE, principal=24_333, annual_rate=0, instalments=1, late=LateRule(rate="0.03"))
    state = replay(terms, [paid_out(terms)], date(2025, 2, 11))
    assert (state.due.principal, state.late_interest) == (24_333, 1)


def test_the_interest_part_of_a_level_payment_just_below_a_won_is_cut_off():
    """Prepaid in the grace: the level payment stays, and the part of a won accrued then is the grace's, not the row's."""
    terms = replace(WEEKS, principal=30_000, method=Method.EQUAL_PAYMENT, instalments=8, grace=2)
    level = build_schedule(terms).principal[2] + build_schedule(terms).interest[2]
    extra = pay(WEEKS.start + timedelta(3), 7 + 30_000 - 19_119)
    rows = replay(terms, [paid_out(terms), extra], extra.value_date).instalments
    assert [row.principal for row in rows[:3]] == [30_000 - 19_119, 0, level - 10]
    assert sum(row.principal for row in rows) == 30_000


@pytest.mark.parametrize("grace", [0, 1])
def test_an_exact_half_goes_to_the_even_level_payment(grace):
    """5 won in two payments without interest: 2½ is 2, then 3; one loan, replayed, and many."""
    terms = replace(
        SIMPLE,
        principal=5,
        annual_rate=0,
        method=Method.EQUAL_PAYMENT,
        instalments=2 + grace,
        grace=grace,
        instalment_rounding=Rounding(RoundingMode.HALF_EVEN),
    )
    assert list(build_schedule(terms).principal) == [0] * grace + [2, 3]
    rows = replay(terms, [paid_out(terms)], terms.start).instalments
    assert [row.principal for row in rows] == [0] * grace + [2, 3]
    assert [month.principal for month in cash_by_month(Portfolio([terms]))] == [2, 3]


def test_the_cost_of_a_loan_may_be_more_than_itself():
    """1 won today for 2.50 in a year is 150 %."""
    assert str(unit_period_rate(Decimal(1), [(1, Decimal(0), Decimal("2.5"))])) == "1.5000000000"


def test_deferred_interest_keeps_its_value_when_the_rate_changes():
    """31 days of 600,000, then 10 at the old rate and 18 at twice the rate of 500,000, then 31 of 400,000."""
    from loans.engine import RateStep

    terms = replace(SIMPLE, interest_grace=2, rate_changes=(RateStep(date(2025, 2, 20), "0.073"),))
    assert list(build_schedule(terms).interest[:3]) == [0, 0, 1860 + 500 + 1800 + 2480]
