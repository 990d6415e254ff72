"""What the journey's loan costs, worked out beside the engine: days by the calendar, won by the district's rule."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from fractions import Fraction

from playwright.sync_api import Locator

from tests.e2e.visitor import korean

PRINCIPAL, INSTALMENTS, GRACE = 50_000_000, 60, 12
PART, LAST_PART = 1_041_666, 1_041_698
SPREAD = Fraction(3, 100)
LONGEST_HOLIDAY = timedelta(days=10)


def interest(amount: int, rate: Fraction, first: date, last: date) -> int:
    """For the days from ``first`` to before ``last``: ÷ 365, ÷ 366 in a leap year, cut down to the won."""
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    leap = sum(isleap(day.year) for day in days)
    return int(amount * rate * (Fraction(len(days) - leap, 365) + Fraction(leap, 366)))


def anchor(paid_out: date, number: int) -> date:
    """The same day ``number`` months later, cut to the month's length; no holiday moves it."""
    months = paid_out.month - 1 + number
    year, month = paid_out.year + months // 12, months % 12 + 1
    return date(year, month, min(paid_out.day, monthrange(year, month)[1]))


def check_row(row: Locator, number: int, *, paid_out: date, rate: Fraction, days_late: int = 0) -> None:
    """A paid row of the schedule, whole: number, due date, principal, interest, late interest, total, paid, balance."""
    due = date.fromisoformat(str(row.locator("time").get_attribute("datetime")))
    start, end = anchor(paid_out, number - 1), anchor(paid_out, number)
    assert end <= due <= end + LONGEST_HOLIDAY
    repaid = max(number - 1 - GRACE, 0) * PART
    principal = 0 if number <= GRACE else LAST_PART if number == INSTALMENTS else PART
    asked = interest(PRINCIPAL - repaid, rate, start, end)
    late = interest(asked + principal, rate + SPREAD, due, due + timedelta(days=days_late))
    total = principal + asked + late
    words = [" ".join(text.split()) for text in row.locator("th, td").all_text_contents()]
    assert words[-1] == korean("Paid")
    assert [won(words[0]), *map(won, words[2:-1])] == [
        *(number, principal, asked, late, total, total),
        PRINCIPAL - repaid - principal,
    ]


def won(text: str) -> int:
    """``1,041,666원`` → 1041666; a dash or nothing is 0."""
    return int("".join(filter(str.isdigit, text)) or 0)
