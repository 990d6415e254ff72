"""Whether the figures kept on loans are what the ledger says, to the won."""

from collections.abc import Iterator
from typing import NamedTuple

from loans.books.figures import instalment_figures, loan_figures
from loans.books.replaying import ImpossibleEntry, loan_state
from loans.engine import LoanState
from loans.models import Loan

CHUNK = 200


class Difference(NamedTuple):
    """Something that is kept and should be otherwise."""

    loan: str
    what: str
    kept: object
    replayed: object


def differences() -> Iterator[Difference]:
    """Replay every loan that was paid out as of the day of its figures and compare."""
    last = 0
    paid_out = Loan.objects.filter(state__in=Loan.PAID_OUT).order_by("pk")
    while chunk := list(
        paid_out.filter(pk__gt=last).prefetch_related("entries", "instalments", "certificates")[:CHUNK]
    ):
        for loan in chunk:
            yield from _of_loan(loan)
        last = chunk[-1].pk


def _lifecycle(state: LoanState) -> str:
    """The state that a loan with this ledger is in."""
    if state.is_written_off:
        return Loan.State.WRITTEN_OFF
    if state.is_closed:
        return Loan.State.REPAID
    return Loan.State.ACCELERATED if state.is_accelerated else Loan.State.ACTIVE


def _of_loan(loan: Loan) -> Iterator[Difference]:
    if loan.as_of is None:
        yield Difference(loan.number, "as_of", None, "a day")
        return
    try:
        state = loan_state(loan, loan.as_of)
    except ImpossibleEntry as error:
        yield Difference(loan.number, "ledger", f"{error.field}: {error.rule}", "possible")
        return
    for name, value in loan_figures(state).items():
        if getattr(loan, name) != value:
            yield Difference(loan.number, name, getattr(loan, name), value)
    if loan.state != (lifecycle := _lifecycle(state)):
        yield Difference(loan.number, "state", loan.state, lifecycle)
    kept = {row.number: row for row in loan.instalments.all()}
    wanted = {row.number: row.values for row in instalment_figures(state)}
    for number in sorted(kept.keys() | wanted.keys()):
        row, values = kept.get(number), wanted.get(number)
        if row is None or values is None:
            yield Difference(loan.number, f"instalment {number}", row is not None, values is not None)
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                yield Difference(loan.number, f"instalment {number} {name}", getattr(row, name), value)
