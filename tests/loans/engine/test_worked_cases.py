"""Cases of the district's two funds, worked by hand and readable as tables. Amounts are whole won.

Unless a case says otherwise: actual/actual with 366 in leap years, interest down to the won, due dates moved to the
next working day with interest staying, allocation by 민법 479.
"""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    Acceleration,
    AllocationOrder,
    Component,
    DayCount,
    Fee,
    FreeRange,
    Frequency,
    LateBase,
    LateRule,
    Method,
    Prepaying,
    PrepaymentFee,
    RateChange,
    RateStep,
    Recovery,
    Refund,
    Remainder,
    Rescheduling,
    Reversal,
    Rounding,
    RoundingMode,
    Stub,
    Terms,
    Tranche,
    Waiver,
    Waterfall,
    WorkingDay,
    WriteOff,
    allocation_diff,
    apr,
    build_schedule,
    is_working_day,
    payoff,
    replay,
)

from .cases import PAID_OUT, SIMPLE, allocated, pay
from .tables import assert_table, table

YOUTH = Terms(principal=50_000_000, annual_rate="0.01", start=date(2026, 3, 10), instalments=60, grace=12)
SME = Terms(
    principal=300_000_000,
    annual_rate="0.015",
    start=date(2025, 6, 30),
    instalments=20,
    grace=8,
    frequency=Frequency.QUARTERLY,
    working_day=WorkingDay.NONE,
)


# ── schedules ────────────────────────────────────────────────────────────────────────────────────────────────


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


SEOLLAL = frozenset({date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18)})


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


# ── late payment ─────────────────────────────────────────────────────────────────────────────────────────────


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


# ── allocation ───────────────────────────────────────────────────────────────────────────────────────────────


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


# ── paying ahead ─────────────────────────────────────────────────────────────────────────────────────────────

EXTRA = [PAID_OUT, pay(date(2025, 2, 10), 101_860), pay(date(2025, 2, 20), 150_500, "extra")]


@pytest.mark.parametrize(
    ("effect", "principals"),
    [
        (Prepaying.SHORTEN, [100_000, 250_000, 100_000, 100_000, 50_000]),
        (Prepaying.LOWER, [100_000, 220_000, 70_000, 70_000, 70_000, 70_000]),
        (Prepaying.NEXT, [100_000, 150_000, 50_000, 100_000, 100_000, 100_000]),
    ],
)
def test_a_partial_prepayment_in_each_of_its_three_effects(effect, principals):
    """On 20 February 500 accrued interest is paid first, then 150,000 of principal."""
    state = replay(replace(SIMPLE, prepaying=effect), EXTRA, date(2025, 2, 20))
    assert allocated(state, "extra") == [("interest", 2, 500), ("principal", 2, 150_000)]
    assert [row.principal for row in state.instalments] == principals
    assert state.instalments[1].prepaid == 150_000
    assert state.instalments[1].interest == 500 + 350_000 * 365 * 18 // 3_650_000 == 1130
    assert state.owed.principal == 350_000


@pytest.mark.parametrize(
    ("effect", "amounts"),
    [
        (Prepaying.SHORTEN, [101_055, 251_555, 101_055, 101_055, 49_651]),
        (Prepaying.LOWER, [101_055, 221_217, 70_717, 70_717, 70_717, 70_718]),
        (Prepaying.NEXT, [101_055, 151_132, 50_552, 101_055, 101_055, 101_059]),
    ],
)
def test_a_partial_prepayment_of_a_level_loan(effect, amounts):
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT, prepaying=effect)
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_055), pay(date(2025, 2, 20), 150_500, "extra")]
    state = replay(terms, events, date(2025, 2, 20))
    assert [row.amount for row in state.instalments] == amounts


def test_a_payment_may_say_what_it_does_itself():
    state = replay(
        SIMPLE, [PAID_OUT, pay(date(2025, 1, 20), 60_600, "p", prepaying=Prepaying.LOWER)], date(2025, 1, 20)
    )
    assert [row.principal for row in state.instalments] == [150_000, 90_000, 90_000, 90_000, 90_000, 90_000]


def test_a_prepayment_smaller_than_the_interest_accrued():
    state = replay(SIMPLE, [PAID_OUT, pay(date(2025, 1, 20), 400, "p")], date(2025, 1, 20))
    assert allocated(state, "p") == [("interest", 1, 400)]
    assert state.interest_accrued == 200
    assert state.instalments[0].interest == 1860


def test_prepayment_fee_falls_with_the_days_left():
    """1.2 % × 140 of 181 days left: of 150,000, 148,621 repay principal and 1,379 are its fee, to the won."""
    rule = PrepaymentFee(rate="0.012")
    state = replay(replace(SIMPLE, prepayment_fee=rule), EXTRA, date(2025, 2, 20))
    assert allocated(state, "extra") == [("interest", 2, 500), ("fee", 0, 1379), ("principal", 2, 148_621)]
    assert 148_621 * 12 * 140 // (1000 * 181) == 1379
    flat = replay(replace(SIMPLE, prepayment_fee=replace(rule, declining=False)), EXTRA, date(2025, 2, 20))
    assert allocated(flat, "extra")[1] == ("fee", 0, 1778)
    for free_from, fee in ((date(2025, 2, 20), 0), (date(2025, 2, 21), 1379)):
        free = replay(
            replace(SIMPLE, prepayment_fee=replace(rule, free_from=free_from)), EXTRA, date(2025, 2, 20)
        )
        assert sum(a.amount for a in free.allocations if a.component is Component.FEE) == fee


def test_prepayments_of_one_day_are_charged_as_one():
    """Ten payments of 99 would each round the fee of 1.2 % down to 1; together they cost what one costs."""
    terms = replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012", declining=False), annual_rate=0)
    ten = [pay(date(2025, 1, 20), 99, f"p{n}", n) for n in range(10)]
    state = replay(terms, [PAID_OUT, *ten], date(2025, 1, 20))
    one = replay(terms, [PAID_OUT, pay(date(2025, 1, 20), 990)], date(2025, 1, 20))
    assert state.owed == one.owed
    assert state.unapplied == one.unapplied
    again = replay(terms, [PAID_OUT, *ten, pay(date(2025, 1, 21), 99, "next day")], date(2025, 1, 21))
    assert allocated(again, "next day") == [("fee", 0, 1), ("principal", 1, 98)]


def test_payoff_by_component():
    quote = payoff(replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012")), [PAID_OUT], date(2025, 2, 20))
    assert (quote.principal, quote.interest, quote.late_interest, quote.fees) == (600_000, 2360, 203, 0)
    assert quote.prepayment_fee == 500_000 * 12 * 140 // (1000 * 181) == 4640
    assert quote.total == quote.gross == 607_203
    held = replay(
        replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012"), prepaying=Prepaying.HOLD),
        [PAID_OUT, pay(date(2025, 2, 20), 607_203)],
        date(2025, 2, 20),
    )
    assert held.is_closed
    short = replay(
        replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012"), prepaying=Prepaying.HOLD),
        [PAID_OUT, pay(date(2025, 2, 20), 607_202)],
        date(2025, 2, 20),
    )
    assert (short.is_closed, short.owed.principal) == (False, 500_000)


def test_payoff_says_its_day_and_asks_no_fee_once_all_is_due():
    terms = replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012", declining=False))
    assert payoff(terms, [PAID_OUT], date(2025, 2, 20)).on == date(2025, 2, 20)
    matured = payoff(terms, [PAID_OUT], date(2025, 7, 10))
    assert (matured.prepayment_fee, matured.principal) == (0, 600_000)
    off = WriteOff(id="off", value_date=date(2025, 2, 20))
    assert payoff(terms, [PAID_OUT, off], date(2025, 2, 20)).total == 0


def test_payoff_takes_money_held_into_account():
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    quote = payoff(terms, [PAID_OUT, pay(date(2025, 1, 20), 1000)], date(2025, 1, 20))
    assert (quote.gross, quote.unapplied, quote.total) == (600_600, 1000, 599_600)
    over = payoff(SIMPLE, [PAID_OUT, pay(date(2025, 1, 20), 601_000)], date(2025, 1, 20))
    assert (over.gross, over.unapplied, over.total) == (0, 400, 0)


def test_overpaid_money_is_kept_and_can_be_refunded():
    events = [PAID_OUT, pay(date(2025, 1, 20), 601_000, "p"), pay(date(2025, 1, 21), 50, "q")]
    refund = Refund(id="back", value_date=date(2025, 1, 22), amount=420)
    state = replay(SIMPLE, [*events, refund], date(2025, 1, 22))
    assert (state.is_closed, state.unapplied, state.refunded, state.received) == (True, 30, 420, 601_050)
    assert len(state.instalments) == 1


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────────────────


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


# ── replay ───────────────────────────────────────────────────────────────────────────────────────────────────


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
