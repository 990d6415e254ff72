"""Which days the district works: weekends, Korean public holidays with their substitutes, staff's exceptions.

The public holidays of a year never change while a process runs and are computed once; the exceptions are a
small table that is read anew for each question, so that no process works with an old calendar.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

from core.calendar.models import HolidayOverride

SATURDAY = 5
LONGEST_CLOSURE = timedelta(days=31)
"""More days in a row without a working day than any calendar has; what a search for one looks at."""


def is_working_day(day: date) -> bool:
    """Whether the office works on ``day``."""
    return day not in non_working_days(day, day)


def next_working_day(day: date) -> date:
    """``day`` itself if it is a working day, else the first one after it."""
    closed = non_working_days(day, day + LONGEST_CLOSURE)
    while day in closed:
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (before it when negative), not counting ``day``."""
    step = timedelta(days=1 if count >= 0 else -1)
    reach = LONGEST_CLOSURE + timedelta(days=abs(count) * 3)
    closed = non_working_days(min(day, day + step * reach.days), max(day, day + step * reach.days))
    left = abs(count)
    while left:
        day += step
        left -= day not in closed
    return day


def non_working_days(first: date, last: date) -> frozenset[date]:
    """Every day from ``first`` to ``last``, both included, on which the office is closed. One query."""
    exceptions: Mapping[date, bool] = dict(
        HolidayOverride.objects.filter(date__range=(first, last)).values_list("date", "is_working")
    )
    return frozenset(
        day
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        if not exceptions.get(day, _works_by_law(day))
    )


@lru_cache(maxsize=128)
def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of ``year`` with their Korean names."""
    return dict(holidays.country_holidays("KR", years=year, language="ko"))


def _works_by_law(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)
