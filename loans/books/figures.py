"""What of a replay is kept on the loan and its instalments, so that lists need no replay."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from loans.engine import InstalmentState, LoanState
from loans.models import LoanInstalment

State = LoanInstalment.State


def loan_figures(state: LoanState) -> dict[str, Any]:
    """The cache columns of a loan, by name."""
    late = [row for row in state.instalments if row.due < state.as_of and row.outstanding > 0]
    return {
        "balance": state.principal_outstanding,
        "principal_due": state.due.principal,
        "interest_due": state.due.interest,
        "late_interest": state.due.late_interest,
        "fees_due": state.due.fees,
        "unapplied": state.unapplied,
        "arrears": state.arrears,
        "missed": len(late),
        "days_overdue": state.days_overdue,
        "classification": state.classification,
        "next_due_on": state.next_due,
        "next_due_amount": state.next_amount,
        "as_of": state.as_of,
    }


@dataclass(frozen=True)
class InstalmentFigures:
    """One row of LoanInstalment, as the replay says it."""

    number: int
    values: dict[str, Any]


def instalment_figures(state: LoanState) -> list[InstalmentFigures]:
    """The instalments of a loan as cache rows."""
    return [
        InstalmentFigures(
            row.number,
            {
                "due_on": row.due,
                "days": row.days,
                "principal": row.principal,
                "interest": row.interest,
                "late_interest": row.late_interest,
                "paid_principal": row.principal_paid,
                "paid_interest": row.interest_paid,
                "paid_late": row.late_interest_paid,
                "waived": row.waived,
                "balance": row.balance,
                "state": instalment_state(row, state.as_of),
            },
        )
        for row in state.instalments
    ]


def instalment_state(row: InstalmentState, as_of: date) -> str:
    """The word for an instalment on the evening of ``as_of``."""
    if row.outstanding == 0 and (row.is_due or row.amount > 0):
        return State.PAID
    if row.due < as_of:
        return State.OVERDUE
    if row.due == as_of:
        return State.DUE
    return State.PARTLY if row.paid > 0 else State.UPCOMING
