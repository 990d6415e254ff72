"""Interest over any stretch of days as a difference of two marks.

``at(day)`` is ∫ rate d(year fraction) up to the day, a whole number of ``1 / den``. Rate changes and
interest-free days are bends in it, so no caller ever splits a period.
"""

from bisect import bisect_right
from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from .daycount import DayCount, DayIndex, day_index
from .grid import Grid
from .rules import LateRule
from .terms import Terms

Steps = list[tuple[int, Fraction]]  # (ordinal from which, annual rate), rising


class RateIndex:
    """Marks of accumulated rate. ``scale`` makes ``den`` a chosen multiple of the smallest possible one."""

    __slots__ = ("_bends", "_index", "_offsets", "_rates", "den")

    def __init__(self, days: DayIndex, steps: Steps, multiple_of: int = 1) -> None:
        rate_den = lcm(*(rate.denominator for _, rate in steps))
        self.den = lcm(rate_den * days.basis, multiple_of)
        unit = self.den // days.basis
        self._index = index = days.index
        self._bends = [ordinal for ordinal, _ in steps]
        self._rates = rates = [rate.numerator * (unit // rate.denominator) for _, rate in steps]
        offsets = [0]
        for k, bend in enumerate(self._bends[1:]):
            offsets.append(offsets[k] + (rates[k] - rates[k + 1]) * index(bend))
        self._offsets = offsets

    def at(self, ordinal: int) -> int:
        """The mark of a day. Before the first step its rate applies."""
        k = max(bisect_right(self._bends, ordinal) - 1, 0)
        return self._offsets[k] + self._rates[k] * self._index(ordinal)

    def marks(self, grid: Grid) -> list[int]:
        """The marks of all period ends."""
        if len(self._rates) == 1:
            rate = self._rates[0]
            return [rate * mark for mark in grid.marks]
        return list(map(self.at, grid.ends))


def agreed_steps(terms: Terms, changes: Iterable[tuple[int, Fraction]]) -> Steps:
    """The agreed rate from the start on, with the ``changes`` that took effect."""
    return [(terms.start.toordinal(), terms.rate), *changes]


def interest_steps(terms: Terms, agreed: Steps) -> Steps:
    """The rate that ordinary interest accrues at: the agreed one, 0 in the interest-free ranges."""
    ranges = [(r.start.toordinal(), r.end.toordinal()) for r in terms.interest_free]
    if not ranges:
        return agreed
    bends = sorted({day for day, _ in agreed} | {day for r in ranges for day in r})

    def rate(day: int) -> Fraction:
        if any(start <= day < end for start, end in ranges):
            return Fraction(0)
        return [r for since, r in agreed if since <= day or since == agreed[0][0]][-1]

    return [(day, rate(day)) for day in bends]


def late_index(terms: Terms, rule: LateRule, agreed: Steps) -> RateIndex:
    """The index of late interest: the agreed rate with the rule's spread and cap, over days."""
    day_count = rule.day_count or terms.day_count
    if day_count is DayCount.PERIODS:
        day_count = DayCount.ACT_365F
    return RateIndex(day_index(day_count), [(day, rule.rate_over(rate)) for day, rate in agreed])
