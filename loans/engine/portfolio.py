"""Many loans at once, to the same won as one at a time.

Loans of one shape (method, number of instalments, grace, rounding) run together, instalment by instalment, as
64-bit integer columns over one common denominator. Nothing is approximated: a loan whose terms have no closed
form, round half even, or could overflow 63 bits goes through ``build_schedule`` instead. This is the only
module that uses numpy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from math import lcm
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .duedates import MONTHS, month_number
from .errors import require
from .grid import Grid, grid_of
from .rounding import RoundingMode
from .rules import Method, Remainder
from .schedule import Schedule, build_schedule, plain_level
from .terms import Terms

Ints = npt.NDArray[np.int64]
_LIMIT = 1 << 62


class MonthlyCash(NamedTuple):
    """What falls due in a month over all loans, in minor units."""

    year: int
    month: int
    principal: int
    interest: int

    @property
    def total(self) -> int:
        """Principal and interest together."""
        return self.principal + self.interest


class Column(NamedTuple):
    """One instalment of many loans: their positions, due dates by group, and amounts."""

    dues: Ints
    months: Ints
    interest: Ints
    principal: Ints


class Portfolio:
    """Loans prepared for arithmetic by columns. Level payments and equal parts are worked out once, here.

    Positions are those of ``terms``. All loans are taken as disbursed at their start.
    """

    def __init__(self, terms: Iterable[Terms]) -> None:
        by_shape: defaultdict[Hashable, list[tuple[int, Terms]]] = defaultdict(list)
        self.size = 0
        for position, item in enumerate(terms):
            by_shape[_shape(item)].append((position, item))
            self.size = position + 1
        odd = by_shape.pop(None, [])
        self.blocks: list[Block] = []
        for loans in by_shape.values():
            block = Block(loans)
            if block.fits:
                self.blocks.append(block)
            else:
                odd += loans
        self.others: list[tuple[int, Schedule]] = [(position, build_schedule(item)) for position, item in odd]


def _shape(terms: Terms) -> Hashable:
    """What loans must share to run together; None for a loan that runs alone."""
    rounding = terms.interest_rounding
    if not terms.is_plain or rounding.mode is RoundingMode.HALF_EVEN:
        return None
    return terms.method, terms.instalments, terms.grace, terms.remainder, rounding.mode, rounding.unit


class Block:
    """Loans of one shape, sorted so that those with the same dates and rate (a group) stand together."""

    def __init__(self, loans: Sequence[tuple[int, Terms]]) -> None:
        first = self.terms = loans[0][1]
        groups: defaultdict[tuple[Grid, int, int], list[tuple[int, Terms]]] = defaultdict(list)
        for position, terms in loans:
            rate = terms.rate
            groups[grid_of(terms), rate.numerator, rate.denominator].append((position, terms))
        self.den = lcm(*(grid.days.basis * den for grid, _, den in groups))
        members = list(groups.values())
        self.order = _ints(position for group in members for position, _ in group)
        self.sizes = _ints(map(len, members))
        self.starts = np.concatenate([_ints([0]), np.cumsum(self.sizes)[:-1]])
        factors = [
            [num * (self.den // (grid.days.basis * den)) * weight for weight in grid.weights]
            for grid, num, den in groups
        ]
        most = max(terms.principal for _, terms in loans)
        rounding = first.interest_rounding
        linear = rounding.linear(self.den)
        assert linear is not None  # noqa: S101 - half even runs alone, see _shape
        self.add, self.divisor = linear
        self.fits = most * max(map(max, factors)) + self.divisor < _LIMIT
        if not self.fits:
            return
        dues = [grid.dues for grid, _, _ in groups]
        self.factors, self.dues, self.months = _columns(factors), _columns(dues), _columns(map(_months, dues))
        self.principal = _ints(terms.principal for group in members for _, terms in group)
        self.part = _ints(
            part for key, group in groups.items() for part in _parts(key, [t for _, t in group])
        )

    def columns(self) -> Iterator[Column]:
        """Instalment after instalment, the amounts of every loan in ``order``."""
        method, last, grace = self.terms.method, self.terms.instalments - 1, self.terms.grace
        unit = self.terms.interest_rounding.unit
        balance = self.principal.copy()
        for n in range(last + 1):
            interest = np.repeat(self.factors[n], self.sizes)
            interest *= balance
            if self.add:
                interest += self.add
            interest //= self.divisor
            if unit > 1:
                interest *= unit
            if n == last:
                principal = balance
            elif n < grace or method is Method.BULLET:
                principal = np.zeros_like(balance)
            elif method is Method.EQUAL_PAYMENT:
                principal = np.clip(self.part - interest, 0, balance)
            elif n == grace and self.terms.remainder is Remainder.FIRST:
                principal = balance - self.part * (last - grace)
            else:
                principal = np.minimum(self.part, balance)
            balance = balance - principal
            yield Column(self.dues[n], self.months[n], interest, principal)


def _parts(key: tuple[Grid, int, int], group: Sequence[Terms]) -> Iterator[int]:
    """Each loan's level payment, or equal part of principal, by the functions of a single loan."""
    grid, num, rate_den = key
    for terms in group:
        if terms.method is Method.EQUAL_PAYMENT:
            repaying = [num * weight for weight in grid.weights[terms.grace :]]
            yield plain_level(terms, grid, repaying, rate_den * grid.days.basis)
        else:
            yield terms.instalment_rounding.round(terms.principal, terms.instalments - terms.grace)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _columns(rows: Iterable[Sequence[int]]) -> Ints:
    """One row of numbers per group as one column per instalment."""
    return np.array(list(rows), dtype=np.int64).T


def _months(dues: Iterable[int]) -> list[int]:
    return [month_number(date.fromordinal(due)) for due in dues]


def cash_by_month(portfolio: Portfolio) -> list[MonthlyCash]:
    """What falls due in each month, by the due dates after the working-day rule; months without any are left
    out.
    """
    principal: defaultdict[int, int] = defaultdict(int)
    interest: defaultdict[int, int] = defaultdict(int)
    for block in portfolio.blocks:
        first = int(block.months.min())
        sums = np.zeros((2, int(block.months.max()) - first + 1), dtype=np.int64)
        for column in block.columns():
            np.add.at(sums[0], column.months - first, np.add.reduceat(column.principal, block.starts))
            np.add.at(sums[1], column.months - first, np.add.reduceat(column.interest, block.starts))
        for n, (of_principal, of_interest) in enumerate(sums.T.tolist()):
            principal[first + n] += of_principal
            interest[first + n] += of_interest
    for _, schedule in portfolio.others:
        for n, month in enumerate(_months(schedule.dues)):
            principal[month] += schedule.principal[n]
            interest[month] += schedule.interest[n]
    return [
        MonthlyCash(month // MONTHS, month % MONTHS + 1, principal[month], interest[month])
        for month in sorted(principal)
        if principal[month] or interest[month]
    ]


def total_interest(portfolio: Portfolio) -> Ints:
    """The interest of each loan over its whole life, in minor units, by position."""
    totals = np.zeros(portfolio.size, dtype=np.int64)
    for block in portfolio.blocks:
        for column in block.columns():
            totals[block.order] += column.interest
    for position, schedule in portfolio.others:
        totals[position] = schedule.total_interest
    return totals


def fallen_due(portfolio: Portfolio, before: date) -> Ints:
    """Principal and interest of each loan with a due date before the day, by position."""
    totals = np.zeros(portfolio.size, dtype=np.int64)
    day = before.toordinal()
    for block in portfolio.blocks:
        for column in block.columns():
            open_now = column.dues < day
            if not open_now.any():
                break
            totals[block.order] += (column.interest + column.principal) * np.repeat(open_now, block.sizes)
    for position, schedule in portfolio.others:
        totals[position] = sum(
            schedule.principal[n] + schedule.interest[n] for n, due in enumerate(schedule.dues) if due < day
        )
    return totals


def arrears(portfolio: Portfolio, received: Sequence[int] | Ints, as_of: date) -> Ints:
    """Principal and interest due before ``as_of`` and unpaid, by position; late interest and fees not
    included.

    ``received`` is the money of each loan so far, early money held until it is due. EngineError unless there
    is one whole amount of 0 or more per loan.
    """
    paid = np.asarray(received) if len(received) else _ints(())
    valid = paid.shape == (portfolio.size,) and paid.dtype.kind == "i" and bool((paid >= 0).all())
    require(valid, "received", "must be one whole amount of 0 or more per loan")
    unpaid: Ints = np.maximum(fallen_due(portfolio, as_of) - paid, 0)
    return unpaid
