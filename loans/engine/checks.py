"""What makes terms possible. Each check names the field it refuses and the rule it applies."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from . import rules
from .daycount import DayCount
from .duedates import Frequency, Stub, WorkingDay, day_in_month, month_number
from .errors import require
from .rounding import Rounding, RoundingMode

if TYPE_CHECKING:
    from .terms import Terms

MOST_INSTALMENTS = 1200
EARLIEST, LATEST = 1900, 2999
_LAST_DAY = 31


def is_whole(value: object, least: int = 0) -> bool:
    """A true int (no bool, no float) of at least ``least``."""
    return type(value) is int and value >= least


def is_day(value: object) -> bool:
    """A date in the years the engine covers, and not a datetime: a loan's day has no clock."""
    return type(value) is date and EARLIEST <= value.year <= LATEST


def check_terms(terms: Terms) -> None:
    """Refuse impossible terms with EngineError."""
    _check_types(terms)
    _check_amounts(terms)
    _check_dates(terms)
    _check_sequences(terms)


def _check_types(terms: Terms) -> None:
    for name, kind in (
        ("method", rules.Method),
        ("frequency", Frequency),
        ("stub", Stub),
        ("working_day", WorkingDay),
        ("interest_follows", bool),
        ("holidays", frozenset),
        ("day_count", DayCount),
        ("interest_rounding", Rounding),
        ("instalment_rounding", Rounding),
        ("remainder", rules.Remainder),
        ("late", rules.LateRule | None),
        ("prepayment_fee", rules.PrepaymentFee | None),
        ("allocation", rules.AllocationOrder),
        ("prepaying", rules.Prepaying),
    ):
        wanted = getattr(kind, "__name__", None) or str(kind)
        require(isinstance(getattr(terms, name), kind), name, f"must be a {wanted}")


def _check_amounts(terms: Terms) -> None:
    require(is_whole(terms.principal, 1), "principal", "must be a positive whole number of minor units")
    possible = is_whole(terms.instalments, 1) and terms.instalments <= MOST_INSTALMENTS
    require(possible, "instalments", f"must be a whole number from 1 to {MOST_INSTALMENTS}")
    for name in ("grace", "interest_grace"):
        value = getattr(terms, name)
        require(
            is_whole(value) and value < terms.instalments,
            name,
            "must be from 0 to one less than the instalments",
        )
    if terms.remainder is rules.Remainder.FIRST:
        exact = (
            terms.method is rules.Method.EQUAL_PRINCIPAL
            and terms.instalment_rounding.mode is RoundingMode.DOWN
        )
        require(exact, "remainder", "can be the first only of equal principal rounded down")


def _check_dates(terms: Terms) -> None:
    require(is_day(terms.start), "start", f"must be a date in the years {EARLIEST} to {LATEST}")
    if terms.due_day is not None:
        fits = is_whole(terms.due_day, 1) and terms.due_day <= _LAST_DAY and terms.frequency.months > 0
        require(fits, "due_day", "must be from 1 to 31, and only where instalments are counted in months")
    if terms.first_due is not None:
        later = is_day(terms.first_due) and terms.first_due > terms.start
        require(later, "first_due", "must be a date after the start")
        if terms.due_day is not None:
            clamped = day_in_month(month_number(terms.first_due), terms.due_day)
            require(terms.first_due.toordinal() == clamped, "first_due", "must fall on the due day")
    whole = terms.day_count is DayCount.PERIODS and terms.interest_follows
    require(not whole, "interest_follows", "does not apply to whole periods, whose interest no day changes")
    require(all(map(is_day, terms.holidays)), "holidays", "must be dates")


def _check_sequences(terms: Terms) -> None:
    for name, kind in (
        ("interest_free", rules.FreeRange),
        ("tranches", rules.Tranche),
        ("rate_changes", rules.RateStep),
        ("bands", rules.Band),
    ):
        value = getattr(terms, name)
        valid = isinstance(value, tuple) and all(isinstance(item, kind) for item in value)
        require(valid, name, f"must be a tuple of {kind.__name__}")
    free, steps, parts, bands = terms.interest_free, terms.rate_changes, terms.tranches, terms.bands
    require(all(a.end <= b.start for a, b in pairwise(free)), "interest_free", "must rise and not overlap")
    effective = [terms.start, *(step.effective for step in steps)]
    require(
        all(a < b for a, b in pairwise(effective)), "rate_changes", "must rise, the first after the start"
    )
    if parts:
        require(parts[0].on == terms.start, "tranches", "must begin on the start")
        require(all(a.on < b.on for a, b in pairwise(parts)), "tranches", "must rise")
        require(
            sum(part.amount for part in parts) == terms.principal, "tranches", "must add up to the principal"
        )
    rising = all(a.days < b.days for a, b in pairwise(bands))
    require(bands and bands[0].days == 0 and rising, "bands", "must begin at 0 days and rise")
