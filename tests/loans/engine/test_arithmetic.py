"""The small exact parts: rounding, annuities, plans, indices of days and rates."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.engine import (
    DayCount,
    EngineError,
    Frequency,
    LateRule,
    RateStep,
    Remainder,
    Rounding,
    RoundingMode,
    Terms,
    WorkingDay,
    classify,
    year_fraction,
)
from loans.engine.annuity import discount_sum, exact_discount_sum, level_payment
from loans.engine.daycount import day_index, period_index
from loans.engine.duedates import adjuster, due_ordinals
from loans.engine.grid import grid_of
from loans.engine.ledger import Ledger
from loans.engine.plan import annuity_rows, cut_from_end, cut_from_front, equal_parts, solve_level
from loans.engine.rateindex import RateIndex, agreed_steps, interest_steps

from .strategies import roundings

DOWN, HALF_UP, HALF_EVEN = (Rounding(mode) for mode in RoundingMode)
whole = st.integers(0, 10**15)
positive = st.integers(1, 10**9)
factors = st.lists(st.integers(0, 5000), min_size=1, max_size=30)


@given(whole, positive, roundings)
def test_rounding_is_that_of_fractions(num, den, rounding):
    have = rounding.round(num, den)
    units = Fraction(num, den * rounding.unit)
    want = {"down": int(units), "half_up": int(units + Fraction(1, 2)), "half_even": round(units)}[
        rounding.mode
    ]
    assert have == want * rounding.unit
    linear = rounding.linear(den)
    if linear is None:
        assert rounding.mode is RoundingMode.HALF_EVEN
    else:
        assert (num + linear[0]) // linear[1] * rounding.unit == have


def naive_sum(rates, den):
    """Σ of the products of 1/(1+f), term by term."""
    total, product = Fraction(0), Fraction(1)
    for rate in rates:
        product /= 1 + Fraction(rate, den)
        total += product
    return total


@given(factors, st.integers(1, 10**6))
def test_the_discount_sum_is_bounded_from_both_sides(rates, den):
    exact = naive_sum(rates, den)
    assert exact_discount_sum(rates, den) == exact
    low = discount_sum(rates, den)
    assert low <= exact * 2**96 < low + len(rates)


@given(st.integers(0, 10**15), st.integers(1, 10**6), factors, roundings)
def test_a_level_payment_is_the_exact_one_rounded(value, den, rates, rounding):
    exact = Fraction(value, den) / (1 + naive_sum(rates, den))
    assert level_payment(value, den, rates, rounding) == rounding.round(exact.numerator, exact.denominator)


@pytest.mark.parametrize(
    ("value", "den", "rates", "rounding", "payment"),
    [
        (25, 6, [3], HALF_EVEN, 2),  # exactly 2½: only whole fractions can tell
        (35, 6, [3], HALF_EVEN, 4),  # exactly 3½
        (25, 6, [3], HALF_UP, 3),
        (30, 6, [3], DOWN, 3),  # exactly 3
        (600, 1, [0] * 5, DOWN, 100),
        (599, 1, [0] * 5, DOWN, 99),
        (7, 2, [], DOWN, 3),
        (7, 2, [], HALF_EVEN, 4),
    ],
)
def test_payments_on_the_edge(value, den, rates, rounding, payment):
    assert level_payment(value, den, rates, rounding) == payment
    assert level_payment(value, den, rates, rounding, discount_sum(rates, den)) == payment


def test_a_known_bound_is_used():
    assert level_payment(601, 1, [0] * 5, DOWN, discount_sum([0] * 2, 1)) == 200


@pytest.mark.parametrize(
    ("balance", "count", "rounding", "remainder", "parts"),
    [
        (50, 4, DOWN, Remainder.LAST, [12, 12, 12, 14]),
        (50, 4, DOWN, Remainder.FIRST, [14, 12, 12, 12]),
        (50, 1, DOWN, Remainder.FIRST, [50]),
        (11, 4, HALF_UP, Remainder.LAST, [3, 3, 3, 2]),
        (9, 6, HALF_UP, Remainder.LAST, [2, 2, 2, 2, 1, 0]),
        (8, 6, Rounding(RoundingMode.HALF_UP, 2), Remainder.LAST, [2, 2, 2, 2, 0, 0]),
        (6, 4, HALF_UP, Remainder.LAST, [2, 2, 2, 0]),
        (0, 3, DOWN, Remainder.LAST, [0, 0, 0]),
        (3, 5, DOWN, Remainder.LAST, [0, 0, 0, 0, 3]),
    ],
)
def test_equal_parts(balance, count, rounding, remainder, parts):
    assert equal_parts(balance, count, rounding, remainder) == parts


@pytest.mark.parametrize(
    ("balance", "periods", "accrued", "level", "rounding", "principal", "interest"),
    [
        (1000, 3, 0, 400, DOWN, [300, 330, 370], [100, 70, 37]),
        # accrued interest of 50 comes on top of the first alone
        (1000, 3, 500, 400, DOWN, [250, 325, 425], [150, 75, 42]),
        (1000, 1, 500, 400, DOWN, [1000], [150]),
        # 709 at 10 % are 70.9: what accrued in the first period is not counted again
        (1009, 3, 0, 400, DOWN, [300, 330, 379], [100, 70, 37]),
        (1005, 2, 0, 400, HALF_UP, [299, 706], [101, 71]),
        (1005, 2, 0, 400, HALF_EVEN, [300, 705], [100, 70]),
        (1005, 3, 0, 400, Rounding(unit=100), [300, 400, 305], [100, 0, 0]),
        # a level that covers no interest repays nothing, one above the balance no more than it
        (1000, 3, 0, 100, DOWN, [0, 0, 1000], [100, 100, 100]),
        (1000, 3, 0, 99, DOWN, [0, 0, 1000], [100, 100, 100]),
        (1000, 3, 0, 99, HALF_EVEN, [0, 0, 1000], [100, 100, 100]),
        (1000, 3, 0, 1100, DOWN, [1000, 0, 0], [100, 0, 0]),
        (1000, 3, 0, 1101, DOWN, [1000, 0, 0], [100, 0, 0]),
        (1000, 3, 0, 1101, HALF_EVEN, [1000, 0, 0], [100, 0, 0]),
        (1000, 1, 0, 5, DOWN, [1000], [100]),
    ],
)
def test_level_payments_split_into_interest_and_principal(  # noqa: PLR0917
    balance, periods, accrued, level, rounding, principal, interest
):
    """At 10 % a period. Interest is that of the balance, whatever the payment."""
    rows = annuity_rows(balance, [1] * periods, 10, accrued=accrued, level=level, interest=rounding)
    assert rows == (principal, interest)


def test_solving_counts_the_interest_accrued():
    assert solve_level(1000, [1], 10, accrued=0, rounding=DOWN) == 1100
    assert solve_level(1000, [1], 10, accrued=500, rounding=DOWN) == 1150
    assert solve_level(2100, [1, 1], 10, accrued=0, rounding=DOWN) == 1210
    assert solve_level(2101, [1, 1], 10, accrued=0, rounding=DOWN, bound=0) == 2311


def test_cutting():
    assert cut_from_end([10, 10, 15], 20) == [10, 5, 0]
    assert cut_from_front([10, 10, 15], 12) == [0, 8, 15]
    assert cut_from_end([10, 10], 0) == cut_from_front([10, 10], 0) == [10, 10]


@pytest.mark.parametrize(
    ("day_count", "start", "end", "fraction"),
    [
        (DayCount.ACT_ACT, date(2027, 12, 31), date(2028, 1, 1), Fraction(1, 365)),
        (DayCount.ACT_ACT, date(2028, 12, 31), date(2029, 1, 1), Fraction(1, 366)),
        (DayCount.ACT_ACT, date(2028, 1, 1), date(2029, 1, 1), Fraction(1)),
        (DayCount.ACT_ACT, date(2100, 2, 1), date(2100, 3, 1), Fraction(28, 365)),
        (DayCount.ACT_365F, date(2028, 1, 1), date(2029, 1, 1), Fraction(366, 365)),
        (DayCount.ACT_360, date(2028, 1, 1), date(2029, 1, 1), Fraction(366, 360)),
        (DayCount.THIRTY_360, date(2027, 1, 30), date(2027, 1, 31), Fraction(0)),
        (DayCount.THIRTY_360, date(2027, 2, 28), date(2027, 3, 1), Fraction(3, 360)),
        (DayCount.THIRTY_360, date(2027, 1, 31), date(2028, 3, 31), Fraction(420, 360)),
    ],
)
def test_year_fractions(day_count, start, end, fraction):
    assert Fraction(*year_fraction(day_count, start, end)) == fraction


def test_whole_periods_are_linear_inside_and_go_on_outside():
    index = period_index([0, 30, 61], 12)
    assert index.basis == 12 * 930
    year = [Fraction(index.index(day) - index.index(0), index.basis) for day in (0, 15, 30, 61, 92, -30)]
    assert year == [Fraction(n, 24) for n in (0, 1, 2, 4, 6, -2)]
    assert Fraction(index.index(45) - index.index(30), index.basis) == Fraction(15, 31 * 12)


def test_rates_bend_without_breaking():
    days = day_index(DayCount.ACT_365F)
    index = RateIndex(days, [(100, Fraction(1, 100)), (110, Fraction(2, 100)), (120, Fraction(0))])
    value = [
        Fraction(index.at(day) - index.at(100), index.den) * 36_500
        for day in (90, 100, 105, 110, 115, 120, 999)
    ]
    assert value == [-10, 0, 5, 10, 20, 30, 30]
    wide = RateIndex(days, [(100, Fraction(1, 100))], multiple_of=7)
    assert wide.den == 7 * 36_500
    assert Fraction(wide.at(110) - wide.at(100), wide.den) == Fraction(10, 36_500)


TERMS = Terms(
    principal=100, annual_rate="0.01", start=date(2025, 1, 10), instalments=3, working_day=WorkingDay.NONE
)


def test_free_days_are_cut_out_of_the_rates():
    from loans.engine import FreeRange

    first, day = TERMS.start.toordinal(), date(2025, 2, 1).toordinal()
    free = replace(TERMS, interest_free=(FreeRange(date(2025, 1, 20), date(2025, 2, 1)),))
    agreed = agreed_steps(free, [(day - 5, Fraction(1, 50))])
    assert agreed == [(first, Fraction(1, 100)), (day - 5, Fraction(1, 50))]
    assert interest_steps(free, agreed) == [
        (first, Fraction(1, 100)),
        (first + 10, 0),
        (day - 5, 0),
        (day, Fraction(1, 50)),
    ]
    assert interest_steps(TERMS, agreed) == agreed
    later = agreed_steps(free, [(day + 5, Fraction(1, 50))])
    assert interest_steps(free, later)[-2:] == [(day, Fraction(1, 100)), (day + 5, Fraction(1, 50))]


def test_grids_are_shared_by_loans_with_the_same_dates():
    assert grid_of(TERMS) is grid_of(replace(TERMS, principal=7, annual_rate=0))
    assert grid_of(TERMS) is not grid_of(replace(TERMS, due_day=11))
    assert grid_of(TERMS).dues == due_ordinals(date(2025, 2, 10), Frequency.MONTHLY, 3)


def test_a_clone_goes_its_own_way():
    ledger = Ledger(replace(TERMS, rate_changes=(RateStep(date(2025, 2, 1), 0),)))
    ledger.entries.append(("e", "fee", 0, 1))
    clone = ledger.clone()
    for name in vars(ledger):
        mine, its = getattr(ledger, name), getattr(clone, name)
        if isinstance(mine, list) and name not in ("waterfall", "entries", "waivers"):
            assert mine == its
            assert mine is not its
    assert (clone.entries, clone.waivers) == ([], [])
    clone.settled_fees.append(1)
    assert ledger.settled_fees == []
    assert clone.columns["fee"][2] is clone.settled_fees


@pytest.mark.parametrize(
    ("rule", "day", "moved"),
    [
        (WorkingDay.FOLLOWING, date(2026, 5, 2), date(2026, 5, 4)),
        (WorkingDay.FOLLOWING, date(2026, 5, 3), date(2026, 5, 4)),
        (WorkingDay.FOLLOWING, date(2026, 5, 4), date(2026, 5, 4)),
        (WorkingDay.FOLLOWING, date(2026, 5, 5), date(2026, 5, 6)),
        (WorkingDay.PRECEDING, date(2026, 5, 5), date(2026, 5, 4)),
        (WorkingDay.PRECEDING, date(2026, 5, 3), date(2026, 5, 1)),
        (WorkingDay.MODIFIED_FOLLOWING, date(2026, 5, 31), date(2026, 5, 29)),
        (WorkingDay.MODIFIED_FOLLOWING, date(2026, 5, 30), date(2026, 5, 29)),
        (WorkingDay.MODIFIED_FOLLOWING, date(2026, 5, 5), date(2026, 5, 6)),
        (WorkingDay.NONE, date(2026, 5, 5), date(2026, 5, 5)),
    ],
)
def test_moving_off_closed_days(rule, day, moved):
    move = adjuster(rule, frozenset({date(2026, 5, 5)}))
    assert date.fromordinal(move(day.toordinal())) == moved


def test_a_long_closure_has_an_end():
    first = date(2026, 5, 4).toordinal()
    shut = frozenset(date.fromordinal(first + n) for n in range(59))
    assert adjuster(WorkingDay.FOLLOWING, shut)(first) == first + 59
    one_more = shut | {date.fromordinal(first + 59)}
    with pytest.raises(EngineError):
        adjuster(WorkingDay.FOLLOWING, one_more)(first)


@pytest.mark.parametrize(
    ("rule", "agreed", "late"),
    [
        (LateRule(spread="0.03"), "0.01", "0.04"),
        (LateRule(spread="0.03"), "0.18", "0.2"),
        (LateRule(spread="0.03", cap=None), "0.18", "0.21"),
        (LateRule(rate="0.12"), "0.01", "0.12"),
        (LateRule(rate="0.2"), "0.01", "0.2"),
        (LateRule(rate=0), "0.01", "0"),
    ],
)
def test_late_rates(rule, agreed, late):
    assert rule.rate_over(Fraction(agreed)) == Fraction(late)


def test_classes():
    assert [classify(n) for n in (0, 29, 30, 89, 90, 364, 365)] == [
        "normal",
        "normal",
        "precautionary",
        "precautionary",
        "substandard",
        "substandard",
        "estimated_loss",
    ]


def test_frequencies():
    assert {f: (f.months, f.days, f.periods_per_year) for f in Frequency} == {
        "monthly": (1, 0, 12),
        "quarterly": (3, 0, 4),
        "half_yearly": (6, 0, 2),
        "yearly": (12, 0, 1),
        "weekly": (0, 7, 52),
        "fortnightly": (0, 14, 26),
    }
