"""What is to be paid when: the schedule that follows from terms alone. Columns first, rows on demand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import accumulate, repeat
from operator import mul, sub
from typing import NamedTuple

from .annuity import discount_sum
from .events import Disbursement
from .grid import Grid, grid_of
from .motion import run_to_end
from .plan import Rows, annuity_rows, equal_parts, solve_level
from .replay import run
from .rounding import Rounding
from .rules import Method
from .terms import Terms


class Instalment(NamedTuple):
    """One row of a schedule; amounts in minor units, ``balance`` after it and after a tranche of its day."""

    number: int
    due: date
    period_start: date
    period_end: date
    days: int
    interest: int
    principal: int
    balance: int

    @property
    def amount(self) -> int:
        """Principal and interest together."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Schedule:
    """Columns of a schedule, one entry per instalment: ``dues`` and ``ends`` as ordinals, amounts in minor
    units.

    ``ends`` has one entry more: the period of instalment ``n`` runs from ``ends[n - 1]`` to ``ends[n]``.
    """

    terms: Terms = field(repr=False)
    ends: Sequence[int]
    dues: Sequence[int]
    interest: Sequence[int]
    principal: Sequence[int]

    @property
    def balances(self) -> list[int]:
        """Principal outstanding after each instalment."""
        terms = self.terms
        if not terms.tranches:
            return list(accumulate(self.principal, sub, initial=terms.principal))[1:]
        return [
            sum(tranche.amount for tranche in terms.tranches if tranche.on.toordinal() <= self.ends[n]) - paid
            for n, paid in enumerate(accumulate(self.principal), 1)
        ]

    @property
    def rows(self) -> Iterator[Instalment]:
        """The instalments as objects."""
        day = date.fromordinal
        for n, balance in enumerate(self.balances):
            start, end = self.ends[n], self.ends[n + 1]
            yield Instalment(
                n + 1,
                day(self.dues[n]),
                day(start),
                day(end),
                end - start,
                self.interest[n],
                self.principal[n],
                balance,
            )

    @property
    def total_interest(self) -> int:
        """All interest of the loan if everything is paid when due."""
        return sum(self.interest)

    @property
    def total(self) -> int:
        """All that is to be paid."""
        return sum(self.principal) + sum(self.interest)

    def __len__(self) -> int:
        return len(self.principal)


def build_schedule(terms: Terms) -> Schedule:
    """The schedule of ``terms`` if every tranche is disbursed and everything paid when due.

    Interest is rounded once per instalment; the principal adds up to that disbursed, and the last balance is
    0. Raises EngineError where the working-day rule finds no working day.
    """
    return _plain_schedule(terms) if terms.is_plain else _general_schedule(terms)


def _general_schedule(terms: Terms) -> Schedule:
    """By replay of the disbursements alone."""
    parts = [(t.on, t.amount) for t in terms.tranches] or [(terms.start, terms.principal)]
    paid_out = [Disbursement(id=str(n), value_date=on, amount=amount) for n, (on, amount) in enumerate(parts)]
    ledger = run_to_end(run(terms, paid_out, parts[-1][0]))
    return Schedule(terms, ledger.ends, ledger.dues, ledger.interest, ledger.plan)


def _plain_schedule(terms: Terms) -> Schedule:
    """In closed form over the shared grid: one disbursement, one rate."""
    grid = grid_of(terms)
    rate = terms.rate
    num, den = rate.numerator, rate.denominator * grid.days.basis
    factors = [num * weight for weight in grid.weights]
    fill = _level_rows if terms.method is Method.EQUAL_PAYMENT else _stated_rows
    principal, interest = fill(terms, grid, factors, den)
    return Schedule(terms, grid.ends, grid.dues, interest, principal)


def _stated_rows(terms: Terms, _grid: Grid, factors: list[int], den: int) -> Rows:
    """Principal first: it does not depend on the interest."""
    if terms.method is Method.BULLET:
        principal = [*[0] * (terms.instalments - 1), terms.principal]
    else:
        count = terms.instalments - terms.grace
        parts = equal_parts(terms.principal, count, terms.instalment_rounding, terms.remainder)
        principal = [0] * terms.grace + parts
    opening = accumulate(principal, sub, initial=terms.principal)
    return principal, interest_column(opening, factors, den, terms.interest_rounding)


def _level_rows(terms: Terms, grid: Grid, factors: list[int], den: int) -> Rows:
    """Interest first: what is left of each level payment is principal."""
    grace, rounding = terms.grace, terms.interest_rounding
    repaying = factors[grace:]
    level = plain_level(terms, grid, repaying, den)
    principal, interest = annuity_rows(
        terms.principal, repaying, den, accrued=0, level=level, interest=rounding
    )
    idle = interest_column(repeat(terms.principal, grace), factors, den, rounding)
    return [0] * grace + principal, idle + interest


def plain_level(terms: Terms, grid: Grid, repaying: list[int], den: int) -> int:
    """The level payment over ``repaying`` periods where there is one disbursement and one rate."""
    bound = shared_bound(grid, terms.rate.numerator, den, terms.grace)
    rounding = terms.instalment_rounding
    return solve_level(terms.principal, repaying, den, accrued=0, rounding=rounding, bound=bound)


@lru_cache(maxsize=1024)
def shared_bound(grid: Grid, num: int, den: int, grace: int) -> int:
    """The annuity's sum depends on dates and rate alone, so loans that share them share it."""
    return discount_sum([num * weight for weight in grid.weights[grace + 1 :]], den)


def interest_column(opening: Iterable[int], factors: list[int], den: int, rounding: Rounding) -> list[int]:
    """The interest of each period that has an opening balance, rounded once."""
    exact = map(mul, opening, factors)  # after the last instalment there is a balance, but no period
    linear = rounding.linear(den)
    if linear is None:
        return [rounding.round(num, den) for num in exact]
    add, divisor = linear
    unit = rounding.unit
    if add == 0 and unit == 1:
        return [num // divisor for num in exact]
    return [(num + add) // divisor * unit for num in exact]
