"""Due dates: anchored on the first one, clamped to the month, moved off non-working days.

Each date is computed from the anchor, never from the date before it, so 31 January gives 28 February and then
31 March again.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from .errors import EngineError

MONTHS = 12
_LONGEST_CLOSURE = 60  # days; a calendar that is closed for longer is a mistake
_SHORTEST_MONTH = 28
_WEEKEND = (6, 0)  # ordinal % 7: Saturday, Sunday


class Frequency(StrEnum):
    """How often an instalment falls due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"

    @property
    def months(self) -> int:
        """Months between instalments; 0 for those counted in days."""
        return _MONTHS[self]

    @property
    def days(self) -> int:
        """Days between instalments; 0 for those counted in months."""
        return _DAYS[self]

    @property
    def periods_per_year(self) -> int:
        """Whole periods in a year, for the PERIODS day count (52 weeks, 26 fortnights)."""
        return _PER_YEAR[self]


_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
    Frequency.WEEKLY: 0,
    Frequency.FORTNIGHTLY: 0,
}
_DAYS = {f: {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14}.get(f, 0) for f in Frequency}
_PER_YEAR = {f: MONTHS // _MONTHS[f] if _MONTHS[f] else 364 // _DAYS[f] for f in Frequency}


class WorkingDay(StrEnum):
    """Where a due date on a non-working day goes."""

    NONE = "none"
    FOLLOWING = "following"  # the next working day (민법 161)
    MODIFIED_FOLLOWING = (
        "modified_following"  # the next, unless that is in another month: then the one before
    )
    PRECEDING = "preceding"


class Stub(StrEnum):
    """The first period when the start is not on a due day."""

    SHORT = "short"  # first due on the last due day within one period of the start
    LONG = "long"  # first due on the first due day at least one period after the start


class _MonthTable(dict[int, tuple[int, int]]):
    """Month number (year × 12 + month − 1) → (ordinal of the day before its first, its length)."""

    def __missing__(self, month: int) -> tuple[int, int]:
        first = date(month // MONTHS, month % MONTHS + 1, 1).toordinal()
        following = date((month + 1) // MONTHS, (month + 1) % MONTHS + 1, 1).toordinal()
        self[month] = value = (first - 1, following - first)
        return value


_MONTH_TABLE = _MonthTable()


def month_number(day: date) -> int:
    """Months since year 0, so that months can be added as integers."""
    return day.year * MONTHS + day.month - 1


def day_in_month(month: int, day: int) -> int:
    """The ordinal of ``day`` in a month number, clamped to the month's last day."""
    before, length = _MONTH_TABLE[month]
    return before + min(day, length)


def due_ordinals(first: date, frequency: Frequency, count: int, due_day: int | None = None) -> list[int]:
    """``count`` unadjusted due dates as ordinals, the first on ``first``, anchored on ``due_day``.

    ``due_day`` (1–31) defaults to the day of ``first``; it is what keeps a loan that starts on 28 February on
    the 31st. Weekly and fortnightly dates have no due day.
    """
    step = frequency.days
    if step:
        start = first.toordinal()
        return list(range(start, start + step * count, step))
    day = due_day or first.day
    befores, lengths = _months(month_number(first), frequency.months, count)
    if day <= _SHORTEST_MONTH:
        return [before + day for before in befores]
    return [before + min(day, length) for before, length in zip(befores, lengths, strict=True)]


@lru_cache(maxsize=4096)
def _months(first: int, step: int, count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of the month table for every ``step``-th month: loans of one month share them."""
    befores, lengths = zip(*(_MONTH_TABLE[first + step * n] for n in range(count)), strict=True)
    return befores, lengths


def due_dates(first: date, frequency: Frequency, count: int, due_day: int | None = None) -> list[date]:
    """``count`` due dates before the working-day rule, the first on ``first``: anchored on ``due_day`` (by
    default the day of ``first``) and clamped to the month, never chained.
    """
    return [date.fromordinal(o) for o in due_ordinals(first, frequency, count, due_day)]


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Neither Saturday, Sunday nor one of ``holidays``."""
    return day.toordinal() % 7 not in _WEEKEND and day not in holidays


class _Moves(dict[int, int]):
    """Ordinal → working day by one rule, worked out once per day ever asked for."""

    def __init__(self, rule: WorkingDay, closed: frozenset[int]) -> None:
        self._rule = rule
        self._closed = closed

    def __missing__(self, ordinal: int) -> int:
        if self._rule is WorkingDay.NONE:
            return ordinal
        moved = self._walk(ordinal, -1 if self._rule is WorkingDay.PRECEDING else 1)
        if self._rule is WorkingDay.MODIFIED_FOLLOWING and _month(moved) != _month(ordinal):
            moved = self._walk(ordinal, -1)
        self[ordinal] = moved
        return moved

    def _walk(self, ordinal: int, step: int) -> int:
        for moved in range(ordinal, ordinal + step * _LONGEST_CLOSURE, step):
            if moved % 7 not in _WEEKEND and moved not in self._closed:
                return moved
        raise EngineError("holidays", f"must leave a working day within {_LONGEST_CLOSURE} days")


def _month(ordinal: int) -> int:
    return date.fromordinal(ordinal).month


@lru_cache(maxsize=64)
def adjuster(rule: WorkingDay, holidays: frozenset[date]) -> Callable[[int], int]:
    """A function that moves an ordinal to a working day by ``rule``.

    Raises EngineError, when called, if the calendar is closed for 60 days on end.
    """
    return _Moves(rule, frozenset(day.toordinal() for day in holidays)).__getitem__
