"""Due dates and periods where rules meet: stubs, working days, whole periods, a new plan."""

from dataclasses import replace
from datetime import date

from loans.engine import (
    DayCount,
    FreeRange,
    Frequency,
    Rescheduling,
    Stub,
    WorkingDay,
    build_schedule,
    due_dates,
    replay,
)

from .cases import PAID_OUT, SIMPLE, paid_out


def test_due_dates_may_be_anchored_on_a_day_that_the_first_month_lacks():
    dates = due_dates(date(2025, 2, 28), Frequency.MONTHLY, 3, due_day=31)
    assert dates == [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]


def test_a_start_on_the_due_day_needs_no_stub():
    """Quarterly from 10 March, due on the 10th: June, whichever stub was agreed."""
    for stub in Stub:
        terms = replace(SIMPLE, start=date(2025, 3, 10), due_day=10, stub=stub, frequency=Frequency.QUARTERLY)
        assert date.fromordinal(build_schedule(terms).dues[0]) == date(2025, 6, 10)


def test_a_due_date_moved_forward_is_not_due_on_the_days_between():
    """Saturday 10 May moves to Monday 12 May; its interest is fixed on Saturday, and falls due on Monday."""
    terms = replace(SIMPLE, start=date(2025, 4, 10), working_day=WorkingDay.FOLLOWING)
    out = paid_out(terms)
    sunday, monday = (replay(terms, [out], date(2025, 5, day)) for day in (11, 12))
    assert (sunday.due.total, sunday.next_due) == (0, date(2025, 5, 12))
    assert (monday.due.principal, monday.due.interest, monday.overdue.total) == (100_000, 1800, 0)
    assert replay(terms, [out], date(2025, 5, 13)).overdue.principal == 100_000


def test_a_due_date_moved_back_asks_for_the_whole_period():
    """Sunday 9 February moves to Friday 7 February: due then, with the interest of all 30 days."""
    terms = replace(SIMPLE, first_due=date(2025, 2, 9), working_day=WorkingDay.PRECEDING)
    thursday, friday = (replay(terms, [PAID_OUT], date(2025, 2, day)) for day in (6, 7))
    assert (thursday.due.total, thursday.next_due) == (0, date(2025, 2, 7))
    assert (friday.due.principal, friday.due.interest) == (100_000, 1800)
    assert friday.instalments[0].period_end == date(2025, 2, 9)


def test_days_free_before_the_loan_began_free_nothing():
    early = (FreeRange(date(2024, 11, 1), date(2024, 12, 1)),)
    assert build_schedule(replace(SIMPLE, interest_free=early)).interest == build_schedule(SIMPLE).interest


def test_a_new_plan_keeps_periods_on_the_anchor_unless_interest_follows():
    """The new instalment of Saturday 31 May is due on Monday 2 June; its period ends on Saturday."""
    plan = Rescheduling(id="plan", value_date=date(2025, 2, 20), instalments=4, next_due=date(2025, 3, 31))
    for follows, end in ((False, date(2025, 5, 31)), (True, date(2025, 6, 2))):
        terms = replace(SIMPLE, working_day=WorkingDay.FOLLOWING, interest_follows=follows)
        row = replay(terms, [PAID_OUT, plan], date(2025, 2, 20)).instalments[3]
        assert (row.due, row.period_end) == (date(2025, 6, 2), end)


def test_a_new_plan_on_the_old_dates_changes_no_interest():
    """Whole periods from a stub: 21 of the 31 days of 28 Feb – 31 Mar, then a month; planned anew after ten days."""
    terms = replace(SIMPLE, start=date(2025, 3, 10), due_day=31, day_count=DayCount.PERIODS)
    plan = Rescheduling(id="plan", value_date=date(2025, 3, 20), instalments=6)
    rows = replay(terms, [paid_out(terms), plan], date(2025, 3, 20)).instalments
    assert rows[0].due == date(2025, 4, 30)
    assert rows[0].interest == 600_000 * 365 * (21 + 31) // (31 * 120_000) == 3061
    assert [row.interest for row in rows] == list(build_schedule(terms).interest)


def test_interest_accrued_in_whole_periods_survives_new_dates():
    """10 of the 28 days of February's period were counted; the rest is 39 of the 49 days to the new due date."""
    terms = replace(SIMPLE, day_count=DayCount.PERIODS)
    plan = Rescheduling(id="plan", value_date=date(2025, 2, 20), instalments=5, next_due=date(2025, 3, 31))
    row = replay(terms, [PAID_OUT, plan], date(2025, 2, 20)).instalments[1]
    month = 500_000 * 365 // 10_000 / 12
    assert row.interest == int(month * 10 / 28 + month * 39 / 49) == 1753
