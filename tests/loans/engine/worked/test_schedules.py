"""What is to be paid when."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    DayCount,
    FreeRange,
    Frequency,
    Method,
    RateChange,
    RateStep,
    Remainder,
    Rounding,
    RoundingMode,
    Stub,
    Tranche,
    WorkingDay,
    build_schedule,
    replay,
)
from tests.loans.engine.cases import PAID_OUT, SEOLLAL, SIMPLE, SME, YOUTH
from tests.loans.engine.tables import assert_table


def test_youth_fund_one_year_grace_and_four_years_monthly():
    """50,000,000 at 1.0 %: 47 × 1,041,666 and 1,041,698; 31 days of interest are 42,465."""
    schedule = build_schedule(YOUTH)
    assert list(schedule.principal) == [0] * 12 + [1_041_666] * 47 + [1_041_698]
    assert_table(
        schedule.rows,
        """
        number  due         period_start  period_end  days  interest  principal  balance
        ────────────────────────────────────────────────────────────────────────────────
        1       2026-04-10  2026-03-10    2026-04-10  31    42,465    ·          50,000,000
        2       2026-05-11  2026-04-10    2026-05-10  30    41,095    ·          50,000,000
        12      2027-03-10  2027-02-10    2027-03-10  28    38,356    ·          50,000,000
        13      2027-04-12  2027-03-10    2027-04-10  31    42,465    1,041,666  48,958,334
        14      2027-05-10  2027-04-10    2027-05-10  30    40,239    1,041,666  47,916,668
        59      2031-02-10  2031-01-10    2031-02-10  31    1,769     1,041,666  1,041,698
        60      2031-03-10  2031-02-10    2031-03-10  28    799       1,041,698  0
        """,
    )


def test_sme_fund_two_years_grace_and_three_years_quarterly():
    """300,000,000 at 1.5 %; the 30th stays the 30th, although June's last day is its start."""
    schedule = build_schedule(SME)
    assert list(schedule.principal) == [0] * 8 + [25_000_000] * 12
    assert_table(
        schedule.rows,
        """
        number  due         days  interest   principal   balance
        ──────────────────────────────────────────────────────────
        1       2025-09-30  92    1,134,246  ·           300,000,000
        2       2025-12-30  91    1,121,917  ·           300,000,000
        8       2027-06-30  92    1,134,246  ·           300,000,000
        9       2027-09-30  92    1,134,246  25,000,000  275,000,000
        11      2028-03-30  91    932,433    25,000,000  225,000,000
        20      2030-06-30  92    94,520     25,000,000  0
        """,
    )


def test_a_period_across_the_leap_year_is_split_at_new_year():
    """10 Dec 2027 – 10 Jan 2028: 22 days ÷ 365 and 9 days ÷ 366, rounded once."""
    terms = replace(YOUTH, start=date(2027, 12, 10))
    exact = 50_000_000 * (22 * 366 + 9 * 365) // (100 * 365 * 366)
    first, third = next(build_schedule(terms).rows), list(build_schedule(terms).rows)[2]
    assert (first.days, first.interest) == (31, exact) == (31, 42_432)
    assert (third.period_start, third.days) == (date(2028, 2, 10), 29)
    assert third.interest == 50_000_000 * 29 // (100 * 366) == 39_617


@pytest.mark.parametrize(
    ("day_count", "interest"),
    [
        (DayCount.ACT_ACT, 39_617),
        (DayCount.ACT_365F, 39_726),
        (DayCount.ACT_360, 40_277),
        (DayCount.THIRTY_360, 41_666),
        (DayCount.PERIODS, 41_666),
    ],
)
def test_february_of_a_leap_year_in_every_day_count(day_count, interest):
    terms = replace(YOUTH, start=date(2028, 2, 10), day_count=day_count)
    assert build_schedule(terms).interest[0] == interest


@pytest.mark.parametrize(
    ("rule", "follows", "due", "days", "interest", "next_days"),
    [
        (WorkingDay.NONE, False, date(2026, 2, 16), 31, 42_465, 28),
        (WorkingDay.FOLLOWING, False, date(2026, 2, 19), 31, 42_465, 28),
        (WorkingDay.FOLLOWING, True, date(2026, 2, 19), 34, 46_575, 25),
        (WorkingDay.MODIFIED_FOLLOWING, True, date(2026, 2, 19), 34, 46_575, 25),
        (WorkingDay.PRECEDING, False, date(2026, 2, 13), 31, 42_465, 28),
        (WorkingDay.PRECEDING, True, date(2026, 2, 13), 28, 38_356, 31),
    ],
)
def test_seollal_moves_a_due_date(rule, follows, due, days, interest, next_days):  # noqa: PLR0917
    """Due on Monday 16 February 2026, the first of three holidays."""
    terms = replace(
        YOUTH, start=date(2026, 1, 16), holidays=SEOLLAL, working_day=rule, interest_follows=follows
    )
    first, second = list(build_schedule(terms).rows)[:2]
    assert (first.due, first.days, first.interest) == (due, days, interest)
    assert (second.due, second.days) == (date(2026, 3, 16), next_days)


def test_modified_following_stays_in_the_month():
    """Saturday 31 January 2026: the next working day is in February."""
    terms = replace(YOUTH, start=date(2025, 12, 31), working_day=WorkingDay.MODIFIED_FOLLOWING)
    dues = [row.due for row in build_schedule(terms).rows][:3]
    assert dues == [date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 31)]


@pytest.mark.parametrize(
    ("stub", "due_day", "first", "days"),
    [
        (Stub.LONG, 25, date(2026, 4, 25), 46),
        (Stub.SHORT, 25, date(2026, 3, 25), 15),
        (Stub.LONG, 5, date(2026, 5, 5), 56),
        (Stub.SHORT, 5, date(2026, 4, 5), 26),
        (Stub.LONG, 10, date(2026, 4, 10), 31),
        (Stub.SHORT, 10, date(2026, 4, 10), 31),
        (Stub.SHORT, 9, date(2026, 4, 9), 30),
        (Stub.SHORT, 11, date(2026, 3, 11), 1),
    ],
)
def test_stub_period_when_the_start_is_not_on_the_due_day(stub, due_day, first, days):
    terms = replace(YOUTH, stub=stub, due_day=due_day, working_day=WorkingDay.NONE)
    row = next(build_schedule(terms).rows)
    assert (row.due, row.days) == (first, days)


def test_a_short_stub_of_no_day_is_none():
    """28 February is the due day of February, if the due day is the 31st."""
    terms = replace(YOUTH, start=date(2026, 2, 28), due_day=31, stub=Stub.SHORT, working_day=WorkingDay.NONE)
    row = next(build_schedule(terms).rows)
    assert (row.due, row.days) == (date(2026, 3, 31), 31)


@pytest.mark.parametrize(("stub", "first"), [(Stub.LONG, date(2026, 6, 25)), (Stub.SHORT, date(2026, 5, 25))])
def test_quarterly_stub_is_about_a_quarter(stub, first):
    terms = replace(SME, start=date(2026, 3, 10), due_day=25, stub=stub)
    assert next(build_schedule(terms).rows).due == first


def test_whole_periods_measure_a_stub_against_the_period_it_is_part_of():
    """15 of the 28 days of 25 Feb – 25 Mar; then, long, one whole month more."""
    terms = replace(YOUTH, due_day=25, day_count=DayCount.PERIODS, stub=Stub.SHORT)
    month = 50_000_000 * 15 // (28 * 1200)
    assert list(build_schedule(terms).interest[:2]) == [month, 41_666] == [22_321, 41_666]
    terms = replace(terms, stub=Stub.LONG)
    assert build_schedule(terms).interest[0] == 50_000_000 * (15 + 28) // (28 * 1200) == 63_988


def test_a_given_first_due_date_is_the_anchor():
    terms = replace(YOUTH, first_due=date(2026, 4, 30), due_day=31, working_day=WorkingDay.NONE)
    assert [row.due for row in build_schedule(terms).rows][:3] == [
        date(2026, 4, 30),
        date(2026, 5, 31),
        date(2026, 6, 30),
    ]


@pytest.mark.parametrize(
    ("frequency", "dues", "interest"),
    [
        (Frequency.WEEKLY, [date(2025, 1, 17), date(2025, 1, 24)], [421, 350]),
        (Frequency.FORTNIGHTLY, [date(2025, 1, 24), date(2025, 2, 7)], [842, 701]),
        (Frequency.MONTHLY, [date(2025, 2, 10), date(2025, 3, 10)], [1825, 1520]),
        (Frequency.QUARTERLY, [date(2025, 4, 10), date(2025, 7, 10)], [5475, 4562]),
        (Frequency.HALF_YEARLY, [date(2025, 7, 10), date(2026, 1, 10)], [10_950, 9125]),
        (Frequency.YEARLY, [date(2026, 1, 10), date(2027, 1, 10)], [21_900, 18_250]),
    ],
)
def test_every_frequency_in_whole_periods(frequency, dues, interest):
    """600,000 at 3.65 %: 21,900 a year, in 52, 26, 12, 4, 2 or 1 parts."""
    rows = list(build_schedule(replace(SIMPLE, frequency=frequency, day_count=DayCount.PERIODS)).rows)[:2]
    assert [row.due for row in rows] == dues
    assert [row.interest for row in rows] == interest


def test_weekly_stub_in_whole_periods():
    terms = replace(
        SIMPLE, frequency=Frequency.WEEKLY, first_due=date(2025, 1, 20), day_count=DayCount.PERIODS
    )
    assert build_schedule(terms).interest[0] == 600_000 * 365 * 10 // (10_000 * 7 * 52)


def test_equal_payment_is_level_and_the_last_takes_the_remainder():
    schedule = build_schedule(replace(SIMPLE, method=Method.EQUAL_PAYMENT))
    assert_table(
        schedule.rows,
        """
        number  due         interest  principal  amount   balance
        ──────────────────────────────────────────────────────────
        1       2025-02-10  1,860     99,195     101,055  500,805
        2       2025-03-10  1,402     99,653     101,055  401,152
        3       2025-04-10  1,243     99,812     101,055  301,340
        4       2025-05-10  904       100,151    101,055  201,189
        5       2025-06-10  623       100,432    101,055  100,757
        6       2025-07-10  302       100,757    101,059  0
        """,
    )


def test_bullet_repays_at_the_end():
    schedule = build_schedule(replace(SIMPLE, method=Method.BULLET))
    assert list(schedule.principal) == [0, 0, 0, 0, 0, 600_000]
    assert list(schedule.interest) == [1860, 1680, 1860, 1800, 1860, 1800]
    assert (schedule.total_interest, schedule.total, len(schedule)) == (10_860, 610_860, 6)


@pytest.mark.parametrize(
    ("mode", "unit", "interest"),
    [
        (RoundingMode.DOWN, 1, 42_465),
        (RoundingMode.DOWN, 10, 42_460),
        (RoundingMode.DOWN, 100, 42_400),
        (RoundingMode.HALF_UP, 1, 42_466),
        (RoundingMode.HALF_UP, 10, 42_470),
        (RoundingMode.HALF_UP, 100, 42_500),
        (RoundingMode.HALF_EVEN, 1, 42_466),
        (RoundingMode.HALF_EVEN, 100, 42_500),
    ],
)
def test_rounding_of_42465_and_three_quarters(mode, unit, interest):
    """50,000,000 × 1 % × 31 ÷ 365 = 42,465.75…"""
    assert build_schedule(replace(YOUTH, interest_rounding=Rounding(mode, unit))).interest[0] == interest


@pytest.mark.parametrize(
    ("mode", "expected"), [(RoundingMode.DOWN, 2), (RoundingMode.HALF_UP, 3), (RoundingMode.HALF_EVEN, 2)]
)
def test_exact_halves(mode, expected):
    assert Rounding(mode).round(5, 2) == expected
    assert Rounding(mode, 10).round(25 * 7, 7) == expected * 10
    assert Rounding(mode).round(7, 2) == 3 + (mode is not RoundingMode.DOWN)


def test_instalments_in_multiples_and_who_takes_the_remainder():
    down = replace(YOUTH, instalment_rounding=Rounding(unit=10_000))
    assert build_schedule(down).principal[12] == 1_040_000
    assert build_schedule(down).principal[59] == 1_120_000
    first = replace(down, remainder=Remainder.FIRST)
    assert build_schedule(first).principal[12] == 1_120_000
    assert build_schedule(first).principal[59] == 1_040_000


def test_parts_rounded_up_may_end_early():
    """9 in 6 parts, half up: 2, 2, 2, 2, 1 and nothing."""
    terms = replace(SIMPLE, principal=9, instalment_rounding=Rounding(RoundingMode.HALF_UP))
    assert list(build_schedule(terms).principal) == [2, 2, 2, 2, 1, 0]


def test_a_level_payment_below_the_interest_repays_nothing_yet():
    """A first period of eleven months bears more interest than the level payment."""
    terms = replace(
        SIMPLE, method=Method.EQUAL_PAYMENT, annual_rate="0.5", instalments=60, first_due=date(2025, 12, 10)
    )
    schedule = build_schedule(terms)
    assert schedule.principal[0] == 0
    assert sum(schedule.principal) == 600_000
    assert schedule.balances[-1] == 0


def test_a_level_payment_rounded_up_may_end_early():
    terms = replace(
        SIMPLE,
        method=Method.EQUAL_PAYMENT,
        principal=900,
        instalment_rounding=Rounding(RoundingMode.HALF_UP, 200),
    )
    assert list(build_schedule(terms).principal) == [198, 199, 199, 200, 104, 0]


def test_interest_payment_grace_defers_and_does_not_forgive():
    terms = replace(SIMPLE, interest_grace=2)
    whole, deferred = build_schedule(SIMPLE), build_schedule(terms)
    assert list(whole.interest) == [1860, 1400, 1240, 900, 620, 300]
    assert list(deferred.interest) == [0, 0, 4500, 900, 620, 300]


def test_deferred_interest_comes_on_top_of_a_level_payment():
    """1,860 + 1,402.…, deferred, fall due with the third instalment: 101,055 and 3,262.… more, rounded together."""
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT, interest_grace=2)
    assert_table(
        build_schedule(terms).rows,
        """
        number  interest  principal  amount
        ───────────────────────────────────
        1       ·         99,195     99,195
        2       ·         99,653     99,653
        3       4,505     99,812     104,317
        4       904       100,151    101,055
        5       623       100,432    101,055
        6       302       100,757    101,059
        """,
    )
    plain = build_schedule(replace(terms, interest_grace=0))
    assert list(plain.interest[:3]) == [1860, 1402, 1243]
    assert list(plain.principal) == list(build_schedule(terms).principal)


def test_interest_free_days_bear_none():
    terms = replace(SIMPLE, interest_free=(FreeRange(date(2025, 1, 20), date(2025, 2, 20)),))
    assert list(build_schedule(terms).interest) == [600, 900, 1240, 900, 620, 300]


def test_interest_free_from_before_the_start():
    terms = replace(SIMPLE, interest_free=(FreeRange(date(2024, 12, 1), date(2025, 1, 20)),))
    assert list(build_schedule(terms).interest[:2]) == [1260, 1400]


def test_two_tranches():
    """400,000 at once, 200,000 on 20 February: equal parts of what is not yet due."""
    terms = replace(SIMPLE, tranches=(Tranche(SIMPLE.start, 400_000), Tranche(date(2025, 2, 20), 200_000)))
    assert_table(
        build_schedule(terms).rows,
        """
        number  due         interest  principal  balance
        ──────────────────────────────────────────────────
        1       2025-02-10  1,240     66,666     333,334
        2       2025-03-10  1,293     106,666    426,668
        3       2025-04-10  1,322     106,666    320,002
        6       2025-07-10  320       106,670    0
        """,
    )


def test_a_rate_change_at_the_new_fiscal_year():
    """1.5 % until the end of 2025, 1.0 % from 1 January 2026: 22 and 9 days of one period."""
    terms = replace(
        YOUTH,
        annual_rate="0.015",
        start=date(2025, 11, 10),
        rate_changes=(RateStep(date(2026, 1, 1), "0.01"),),
    )
    assert_table(
        build_schedule(terms).rows,
        """
        number  period_start  days  interest
        ────────────────────────────────────
        1       2025-11-10    30    61,643
        2       2025-12-10    31    57,534
        3       2026-01-10    31    42,465
        """,
    )
    assert 57_534 == 50_000_000 * (22 * 15 + 9 * 10) // 365_000


def test_a_rate_change_works_a_level_payment_out_anew():
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT)
    change = RateChange(id="rate", value_date=date(2025, 3, 10), annual_rate="0.073")
    rows = replay(terms, [PAID_OUT, change], date(2025, 3, 10)).instalments
    instalments = [row.principal + row.interest for row in rows]
    assert instalments == [101_055, 101_055, 101_827, 101_827, 101_827, 101_826]
    agreed = replace(terms, rate_changes=(RateStep(date(2025, 3, 10), "0.073"),))
    assert [row.amount for row in build_schedule(agreed).rows] == instalments
    assert [row.amount for row in replay(agreed, [PAID_OUT], date(2025, 1, 10)).instalments] == instalments
