"""The working copy of a loan while its events are replayed: accrual, instalments falling due, plans.

Times are ordinals, amounts minor units, accrued interest numerators over ``index.den``. Rows count from 0
here and from 1 outside. ``current`` is the first row whose interest is not fixed yet; ``undue`` the principal
that is not yet due, on which ordinary interest accrues. Overdue principal bears late interest instead.
"""

from __future__ import annotations

from copy import copy
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from .grid import Grid, grid_of
from .plan import annuity_rows, equal_parts, solve_level
from .rateindex import RateIndex, agreed_steps, interest_steps, late_index
from .rules import Component, LateBase, Method, Remainder
from .terms import Terms


class Money(NamedTuple):
    """Unapplied money of one event. What waits is for what falls due, and is not prepaid with others'."""

    event: str
    amount: int
    waits: bool = False


Entry = tuple[str, Component, int, int]  # event id, component, instalment (0: the loan itself), amount
Column = tuple[Component, list[int], list[int]]  # component, billed, settled; one entry per row

_COPIED = (
    "changes",
    "dues",
    "ends",
    "fees",
    "fixes",
    "interest",
    "late",
    "late_num",
    "marks",
    "paid_out",
    "pending",
    "plan",
    "pool",
    "prepaid",
    "settled_fees",
    "settled_interest",
    "settled_late",
    "settled_principal",
)


class Ledger:
    """See the module. Created empty; the handlers of ``replay`` drive it."""

    def __init__(self, terms: Terms) -> None:
        grid = grid_of(terms)
        count = terms.instalments
        self.terms = terms
        self.count = count
        self.ends, self.dues, self.fixes = grid.ends, grid.dues, grid.fixes
        self.changes: list[tuple[int, Fraction]] = []
        self.grid = grid
        self.grace, self.interest_from = terms.grace, terms.interest_grace
        self._index()

        self.plan, self.prepaid, self.interest = [0] * count, [0] * count, [0] * count
        self.late, self.late_num = [0] * count, [0] * count
        self.settled_principal, self.settled_interest, self.settled_late = (
            [0] * count,
            [0] * count,
            [0] * count,
        )
        self.fees: list[int] = []
        self.settled_fees: list[int] = []

        self.current = self.oldest = 0
        self.undue = self.level = 0
        self.accrued = self.carried = 0
        self.accrued_to = self.late_to = self.ends[0]
        self.mark = self.marks[0]

        self.pending = [(step.effective.toordinal(), step.annual_rate) for step in terms.rate_changes]
        self.paid_out: list[tuple[int, int]] = []
        self.disbursed = self.received = self.refunded = self.recovered = 0
        self.accelerated_on: int | None = None
        self.written_off_on: int | None = None
        self.pool: list[Money] = []
        self.entries: list[Entry] = []
        self.waivers: list[Entry] = []
        self.fee_day = self.fee_base = self.fee_charged = 0  # prepayments of one day under one plan
        self.bind()

    def bind(self) -> None:
        """Tie the columns that money is allocated to in the agreed order; fees have rows of their own."""
        columns: dict[Component, Column] = {
            Component.FEE: (Component.FEE, self.fees, self.settled_fees),
            Component.LATE_INTEREST: (Component.LATE_INTEREST, self.late, self.settled_late),
            Component.INTEREST: (Component.INTEREST, self.interest, self.settled_interest),
            Component.PRINCIPAL: (Component.PRINCIPAL, self.plan, self.settled_principal),
        }
        self.columns = columns
        self.waterfall = [columns[component] for component in self.terms.allocation.components]

    def clone(self) -> Ledger:
        """An independent copy to look ahead with; its record of allocations starts empty."""
        other = copy(self)
        for name in _COPIED:
            setattr(other, name, list(getattr(self, name)))
        other.entries, other.waivers = [], []
        other.bind()
        return other

    @property
    def rate(self) -> Fraction:
        """The agreed annual rate that stands."""
        return self.changes[-1][1] if self.changes else self.terms.rate

    # ── interest ─────────────────────────────────────────────────────────────────────────────────────────

    def _index(self, multiple_of: int = 1) -> None:
        terms = self.terms
        agreed = agreed_steps(terms, self.changes)
        self.index = RateIndex(self.grid.days, interest_steps(terms, agreed), multiple_of)
        self.marks = self.index.marks(self.grid)
        self.lateness = late_index(terms, terms.late, agreed) if terms.late else None

    def reindex(self) -> None:
        """Take up changed rates or dates; what has accrued keeps its exact value over the new denominator."""
        old, old_late = self.index.den, self.lateness.den if self.lateness else 1
        self._index(old)
        ratio = self.index.den // old
        self.accrued *= ratio
        self.carried *= ratio
        self.mark = self.index.at(self.accrued_to)
        if self.lateness:  # made of the same days and more rates, so the old denominator divides the new
            ratio = self.lateness.den // old_late
            self.late_num = [num * ratio for num in self.late_num]

    def accrue(self, day: int) -> None:
        """Accrue ordinary interest up to ``day`` (not counted)."""
        if day > self.accrued_to:
            mark = self.index.at(day)
            self.accrued += self.undue * (mark - self.mark)
            self.mark, self.accrued_to = mark, day

    def accrued_due(self) -> int:
        """Interest accrued in the current row and not yet paid, rounded as the row will be."""
        row = self.billing_row()
        num = self.carried + self.accrued
        return self.terms.interest_rounding.round(num, self.index.den) - self.settled_interest[row]

    def billing_row(self) -> int:
        """The row that will bill the interest accruing now; later than the current one in interest grace."""
        return max(self.current, self.interest_from)

    def end_interest_grace(self, row: int) -> None:
        """Bill deferred interest with ``row`` at the latest; what was paid of it ahead moves there too."""
        before = self.billing_row()
        self.interest_from = min(self.interest_from, row)
        after = self.billing_row()
        if after != before:
            self.settled_interest[after], self.settled_interest[before] = self.settled_interest[before], 0

    def accrue_late(self, day: int) -> None:
        """Bring the late interest of every overdue row up to ``day`` (not counted)."""
        lateness, rule = self.lateness, self.terms.late
        if self.oldest == self.current or day <= self.dues[self.oldest]:
            return  # nothing is overdue
        if lateness is None or rule is None or self.written_off_on is not None:
            return
        principal_only = rule.base is LateBase.OVERDUE_PRINCIPAL or (
            rule.base is LateBase.WHOLE_PRINCIPAL and self.accelerated_on is not None
        )
        mark = lateness.at(day)
        for row in range(self.oldest, self.current):
            due = self.dues[row]
            if due >= day:
                break
            base = self.plan[row] - self.settled_principal[row]
            if not principal_only:
                base += self.interest[row] - self.settled_interest[row]
            if base:
                self.late_num[row] += base * (mark - lateness.at(max(due, self.late_to)))
            if day > due + rule.grace_days:
                self.late[row] = rule.rounding.round(self.late_num[row], lateness.den)
        self.late_to = day

    @property
    def last_day(self) -> int:
        """A day after every due date: "before" it is everything that is billed."""
        return self.dues[-1] + 1

    # ── instalments falling due ──────────────────────────────────────────────────────────────────────────

    def roll(self) -> None:
        """Fix the current row: round its interest, once, and take its principal off the accruing balance."""
        row = self.current
        mark = self.marks[row + 1]
        num = self.carried + self.accrued + self.undue * (mark - self.mark)
        self.mark, self.accrued_to, self.accrued = mark, self.ends[row + 1], 0
        if row < self.interest_from:
            self.carried = num
        else:
            self.carried = 0
            self.interest[row] = self.terms.interest_rounding.round(num, self.index.den)
        self.undue -= self.plan[row]
        self.current = row + 1

    def call_in(self, day: int) -> None:
        """Make the current row the last, due on ``day``, with all the principal and the interest accrued."""
        row = self.current
        self.accrue(day)
        end = max(day, self.accrued_to)
        self.end_interest_grace(row)
        self.count = row + 1
        self.dues = [min(due, day) for due in self.dues[: row + 1]]
        self.fixes = [*self.fixes[:row], day]
        self.ends = [*self.ends[: row + 1], end]
        self.marks = [*self.marks[: row + 1], self.mark]
        self.plan[row] = self.undue
        self.roll()

    # ── plans ────────────────────────────────────────────────────────────────────────────────────────────

    def factors(self) -> list[int]:
        """Rate × time of what is left of the current period and of each later one."""
        return [b - a for a, b in pairwise([self.mark, *self.marks[self.current + 1 :]])]

    def unpaid_accrual(self) -> int:
        """The numerator of interest accrued in the current period and not yet paid; deferred interest is paid
        before it.
        """
        paid = self.settled_interest[self.billing_row()] * self.index.den
        return min(self.accrued, self.carried + self.accrued - paid)

    def replan(self) -> None:
        """Spread the principal not yet due over the rows still to come, by the loan's method."""
        terms, row = self.terms, self.current
        first = max(self.grace, row)
        count = self.count - first
        idle = [0] * (first - row)
        if terms.method is Method.BULLET:
            parts = [*idle, *[0] * (count - 1), self.undue]
        elif terms.method is Method.EQUAL_PRINCIPAL:
            taker = terms.remainder if row == 0 else Remainder.LAST
            parts = idle + equal_parts(self.undue, count, terms.instalment_rounding, taker)
        else:
            factors = self.factors()[first - row :]
            accrued = 0 if idle else self.unpaid_accrual()
            den = self.index.den
            rounding = terms.instalment_rounding
            self.level = solve_level(self.undue, factors, den, accrued=accrued, rounding=rounding)
            parts = idle + self._level_parts(factors, accrued)
        self.plan[row:] = parts

    def keep_level(self) -> None:
        """Repay the principal not yet due with the level payments agreed, for as long as it takes."""
        skip = max(self.grace - self.current, 0)
        accrued = 0 if skip else self.unpaid_accrual()
        self.plan[self.current + skip :] = self._level_parts(self.factors()[skip:], accrued)

    def _level_parts(self, factors: list[int], accrued: int) -> list[int]:
        interest = self.terms.interest_rounding
        principal, _due = annuity_rows(
            self.undue, factors, self.index.den, accrued=accrued, level=self.level, interest=interest
        )
        return principal

    def regrid(self, grid: Grid) -> None:
        """Follow a new grid from the current row on; the caller plans again."""
        self.grid, self.count = grid, len(grid.dues)
        self.ends, self.dues, self.fixes = grid.ends, grid.dues, grid.fixes
        self.fee_day = 0
        for column in (
            self.prepaid,
            self.interest,
            self.late,
            self.late_num,
            self.settled_principal,
            self.settled_interest,
            self.settled_late,
        ):
            column.extend([0] * (self.count - len(column)))
        self.reindex()
