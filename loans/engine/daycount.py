"""Day counts as telescoping indices.

A day count is a function ``index`` from a day (its proleptic ordinal) to an integer, and a ``basis`` such
that the year fraction from *a* to *b* is ``(index(b) - index(a)) / basis``. The first day counts and the last
does not (한편넣기). Because the differences telescope, splitting a period can neither add nor lose anything,
for every convention alike.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import lcm

from .errors import EngineError

DAYS_365 = 365
DAYS_366 = 366
DAYS_360 = 360
ACT_ACT_BASIS = DAYS_365 * DAYS_366


class DayCount(StrEnum):
    """How a stretch of days becomes a fraction of a year."""

    ACT_ACT = (
        "act/act"  # days ÷ 365, ÷ 366 for days in a leap year, split at the year's end (Korea since 2013-07)
    )
    ACT_365F = "act/365f"  # days ÷ 365, leap year or not
    ACT_360 = "act/360"
    THIRTY_360 = "30/360"  # 30E/360: every month has 30 days, the 31st counts as the 30th
    PERIODS = "periods"  # a whole period is 1/12, 1/4 …; part of a period pro rata to its days


class _ActAct(dict[int, int]):
    """Ordinal → index over ``ACT_ACT_BASIS``, worked out once per day ever asked for."""

    def __missing__(self, ordinal: int) -> int:
        day = date.fromordinal(ordinal)
        new_year = date(day.year, 1, 1).toordinal()
        length = date(day.year, 12, 31).toordinal() - new_year + 1
        self[ordinal] = value = day.year * ACT_ACT_BASIS + (ordinal - new_year) * (ACT_ACT_BASIS // length)
        return value


class _Thirty360(dict[int, int]):
    """Ordinal → 30E/360 day number."""

    def __missing__(self, ordinal: int) -> int:
        day = date.fromordinal(ordinal)
        self[ordinal] = value = day.year * DAYS_360 + day.month * 30 + min(day.day, 30)
        return value


_ACT_ACT = _ActAct()
_THIRTY_360 = _Thirty360()


class DayIndex:
    """One day count ready for use: ``index(ordinal) -> int`` over ``basis``."""

    __slots__ = ("basis", "index")

    def __init__(self, index: Callable[[int], int], basis: int) -> None:
        self.index = index
        self.basis = basis


_INDICES = {
    DayCount.ACT_ACT: DayIndex(_ACT_ACT.__getitem__, ACT_ACT_BASIS),
    DayCount.ACT_365F: DayIndex(int, DAYS_365),
    DayCount.ACT_360: DayIndex(int, DAYS_360),
    DayCount.THIRTY_360: DayIndex(_THIRTY_360.__getitem__, DAYS_360),
}


def day_index(day_count: DayCount) -> DayIndex:
    """The index of a day count that needs no periods; EngineError for PERIODS, which does."""
    if day_count not in _INDICES:
        raise EngineError("day_count", "whole periods exist only within a schedule's due dates")
    return _INDICES[day_count]


def period_index(knots: Sequence[int], periods_per_year: int) -> DayIndex:
    """The PERIODS index: each interval between ``knots`` (rising ordinals) is one period, linear inside.

    The common multiple of the intervals' lengths makes every day a whole number of units. Days outside the
    knots continue the first or last interval.
    """
    unit = lcm(*(b - a for a, b in pairwise(knots)))
    last = len(knots) - 2

    def index(ordinal: int) -> int:
        k = min(max(bisect_right(knots, ordinal) - 1, 0), last)
        return k * unit + (ordinal - knots[k]) * (unit // (knots[k + 1] - knots[k]))

    return DayIndex(lru_cache(maxsize=None)(index), unit * periods_per_year)


def year_fraction(day_count: DayCount, start: date, end: date) -> tuple[int, int]:
    """``(numerator, denominator)`` of the exact year fraction from ``start`` (counted) to ``end`` (not
    counted). Raises EngineError for PERIODS, which need a schedule's due dates.
    """
    days = day_index(day_count)
    return days.index(end.toordinal()) - days.index(start.toordinal()), days.basis
