"""The schedule as a borrower reads it: by year, with what was paid of each instalment."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from loans.books.figures import instalment_state
from loans.engine import InstalmentState, LoanState
from loans.models import LoanInstalment

S = LoanInstalment.State
KINDS: dict[str, str] = {
    S.UPCOMING: "neutral",
    S.PARTLY: "info",
    S.PAID: "success",
    S.DUE: "warning",
    S.OVERDUE: "danger",
}


class ScheduleRow(NamedTuple):
    """The figures of one instalment, under the names of the cache table."""

    number: int
    due_on: date
    principal: int
    interest: int
    late_interest: int
    paid: int
    balance: int

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.late_interest

    @property
    def is_paid_otherwise(self) -> bool:
        """Whether what was paid says more than the word for the instalment."""
        return self.paid not in {0, self.total}


class Line(NamedTuple):
    """An instalment with the word for it."""

    row: ScheduleRow
    kind: str
    word: str


@dataclass(frozen=True)
class ScheduleYear:
    """The instalments of one calendar year; open where something is to be done or was done last."""

    year: int
    rows: list[Line]
    is_open: bool

    @property
    def total(self) -> int:
        return sum(line.row.total for line in self.rows)

    @property
    def paid_count(self) -> int:
        return sum(line.kind == KINDS[S.PAID] for line in self.rows)


def schedule_by_year(state: LoanState) -> list[ScheduleYear]:
    """The instalments of a loan by year; this year's and those with arrears are open."""
    by_year: dict[int, list[Line]] = {}
    for row in state.instalments:
        by_year.setdefault(row.due.year, []).append(_line(row, state))
    return [
        ScheduleYear(
            year, lines, year == state.as_of.year or any(line.kind == KINDS[S.OVERDUE] for line in lines)
        )
        for year, lines in by_year.items()
    ]


def _line(row: InstalmentState, state: LoanState) -> Line:
    word = instalment_state(row, state.as_of)
    figures = ScheduleRow(
        row.number, row.due, row.principal, row.interest, row.late_interest, row.paid, row.balance
    )
    return Line(figures, KINDS[word], str(S(word).label))
