"""What is only just possible is possible: the other side of each limit is in test_refusals."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    FreeRange,
    LateRule,
    Payment,
    PrepaymentFee,
    Rescheduling,
    Rounding,
    RoundingMode,
    Tranche,
    build_schedule,
    replay,
)

from .cases import PAID_OUT, SIMPLE, allocated, paid_out, pay


@pytest.mark.parametrize("start", [date(1900, 1, 1), date(2999, 12, 31)])
def test_the_first_and_the_last_year(start):
    schedule = build_schedule(replace(SIMPLE, start=start))
    assert schedule.balances[-1] == 0
    assert Payment(id="p", value_date=start, amount=1).value_date == start


def test_a_hundred_years_of_months():
    assert len(build_schedule(replace(SIMPLE, instalments=1200))) == 1200
    plan = Rescheduling(id="plan", value_date=date(2025, 2, 20), instalments=1200)
    assert plan.instalments == 1200
    assert len(replay(SIMPLE, [PAID_OUT, plan], date(2025, 2, 20)).instalments) == 1201


def test_free_ranges_that_touch_do_not_overlap():
    middle = date(2025, 1, 20)
    touching = (FreeRange(SIMPLE.start, middle), FreeRange(middle, date(2025, 2, 10)))
    assert list(build_schedule(replace(SIMPLE, interest_free=touching)).interest[:2]) == [0, 1400]


def test_a_tranche_of_one_won():
    terms = replace(SIMPLE, tranches=(Tranche(SIMPLE.start, 599_999), Tranche(date(2025, 2, 20), 1)))
    assert sum(build_schedule(terms).principal) == 600_000


def test_late_interest_at_the_legal_cap_itself():
    """A fixed 20 %: 101,860 × 20 % × 20 ÷ 365."""
    terms = replace(SIMPLE, late=LateRule(rate="0.2"))
    assert replay(terms, [PAID_OUT], date(2025, 3, 2)).late_interest == 101_860 * 20 * 20 // 36_500 == 1116


def test_one_won_is_enough_to_plan_anew():
    terms = replace(SIMPLE, principal=1)
    plan = Rescheduling(id="plan", value_date=date(2025, 2, 20), instalments=2)
    rows = replay(terms, [paid_out(terms), plan], date(2025, 2, 20)).instalments
    assert [row.principal for row in rows] == [0, 0, 1]


def test_a_won_that_its_own_fee_would_exceed_stays_unapplied():
    """A fee of 50 %, half up: to repay 1 won costs 2."""
    fee = PrepaymentFee(rate="0.5", declining=False, rounding=Rounding(RoundingMode.HALF_UP))
    terms = replace(SIMPLE, prepayment_fee=fee)
    state = replay(terms, [PAID_OUT, pay(SIMPLE.start, 1, "p")], SIMPLE.start)
    assert (allocated(state, "p"), state.unapplied) == ([], 1)
