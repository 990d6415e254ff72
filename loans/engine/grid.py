"""The grid of a loan: when its periods end, when its instalments fall due, and what each day weighs.

Grids depend on dates alone, so loans that share dates share a grid; that is what makes schedules cheap.
"""

from datetime import date
from functools import cached_property, lru_cache
from operator import sub
from typing import NamedTuple

from .daycount import DayCount, DayIndex, day_index, period_index
from .duedates import Frequency, Stub, WorkingDay, adjuster, day_in_month, due_ordinals, month_number
from .errors import require
from .terms import Terms

_CACHE = 4096


class Grid:
    """Dates of a schedule as ordinals, one per instalment, and the day index over them.

    ``ends[k]`` to ``ends[k + 1]`` is the period of instalment ``k`` (counted from 0); ``dues[k]`` its due
    date after the working-day rule; ``marks[k]`` the day index at ``ends[k]``.
    """

    def __init__(self, ends: list[int], dues: list[int], days: DayIndex) -> None:
        self.ends = ends
        self.dues = dues
        self.days = days
        self.marks = marks = list(map(days.index, ends))
        self.weights = list(map(sub, marks[1:], marks))

    @cached_property
    def fixes(self) -> list[int]:
        """When the interest of each is fixed: its period ends or it falls due, whichever comes first."""
        return list(map(min, self.dues, self.ends[1:]))


def first_due_date(terms: Terms) -> date:
    """The first due date before the working-day rule: as agreed, or as the stub rule finds it."""
    if terms.first_due is not None:
        return terms.first_due
    step, start = terms.frequency.months, terms.start
    if not step:
        return date.fromordinal(start.toordinal() + terms.frequency.days)
    month, day = month_number(start) + step, terms.due_day or start.day
    natural = day_in_month(month, start.day)
    due = day_in_month(month, day)
    if terms.stub is Stub.LONG and due < natural:
        due = day_in_month(month + 1, day)
    if terms.stub is Stub.SHORT and due > natural:
        due = day_in_month(month - 1, day)
        if due <= start.toordinal():
            due = day_in_month(month, day)
    return date.fromordinal(due)


class _Dates(NamedTuple):
    """All that a grid depends on, and so the key of the cache."""

    start: date
    first: date
    due_day: int | None
    frequency: Frequency
    instalments: int
    rule: WorkingDay
    follows: bool
    holidays: frozenset[date]
    day_count: DayCount


def grid_of(terms: Terms) -> Grid:
    """The grid of the terms, shared between loans with the same dates."""
    return _grid(
        _Dates(
            terms.start,
            first_due_date(terms),
            terms.due_day,
            terms.frequency,
            terms.instalments,
            terms.working_day,
            terms.interest_follows,
            terms.holidays,
            terms.day_count,
        )
    )


@lru_cache(maxsize=_CACHE)
def _grid(key: _Dates) -> Grid:
    start = key.start.toordinal()
    anchors = due_ordinals(key.first, key.frequency, key.instalments, key.due_day)
    dues = anchors if key.rule is WorkingDay.NONE else list(map(adjuster(key.rule, key.holidays), anchors))
    require(dues[0] > start, "first_due", "must not be moved to the start of the loan or before")
    ends = [start, *(dues if key.follows else anchors)]
    if key.day_count is not DayCount.PERIODS:
        return Grid(ends, dues, day_index(key.day_count))
    knots = [*knots_before(start, key.first, key.frequency, key.due_day), *ends[1:]]
    return Grid(ends, dues, period_index(knots, key.frequency.periods_per_year))


def knots_before(start: int, first: date, frequency: Frequency, due_day: int | None) -> list[int]:
    """Anchors before the first due date, back to the start or before: they measure a stub's whole periods."""
    if frequency.days:
        first_ordinal = first.toordinal()
        behind = -(-(first_ordinal - start) // frequency.days)
        return [first_ordinal - frequency.days * k for k in range(behind, 0, -1)]
    day, month = due_day or first.day, month_number(first)
    knots = [day_in_month(month - frequency.months, day)]
    while knots[0] > start:
        knots.insert(0, day_in_month(month - frequency.months * (len(knots) + 1), day))
    return knots
