"""The only writer of the ledger, and of the figures that are worked out from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.errors import NotNow, Stale
from core.workflow.actors import Actor
from core.workflow.perform import count_change, lock
from loans.books.figures import instalment_figures, loan_figures
from loans.books.replaying import ImpossibleEntry, loan_state
from loans.engine import LoanState
from loans.models import LedgerEntry, Loan, LoanInstalment
from loans.queries.history import happened_since
from loans.services.asked import withdraw_charges
from loans.services.closing import settle_state

Kind = LedgerEntry.Kind
REVERSIBLE = frozenset({Kind.PAYMENT, Kind.RECOVERY, Kind.FEE, Kind.WAIVER, Kind.REFUND, Kind.RATE_CHANGE})
INSTALMENT_COLUMNS = (
    "due_on",
    "days",
    "principal",
    "interest",
    "late_interest",
    "paid_principal",
    "paid_interest",
    "paid_late",
    "waived",
    "balance",
    "state",
)


def book(loan: Loan, kind: str, **facts: Any) -> tuple[LedgerEntry, Loan]:
    """Add an entry, bring the figures up to date, and ask nobody any more for what is no longer owed.

    ``facts`` as in ``add_entry``. Returns the entry and the fresh loan.
    """
    entry = add_entry(loan, kind, **facts)
    row = refresh_loan(loan)
    withdraw_charges(row)
    return entry, row


def add_entry(
    loan: Loan,
    kind: str,
    *,
    value_date: date,
    by: Actor,
    amount: int = 0,
    source: str = LedgerEntry.Source.OFFICE,
    data: dict[str, Any] | None = None,
    payment_key: str | None = None,
    reverses: LedgerEntry | None = None,
    note: str = "",
) -> LedgerEntry:
    """Add an entry to the ledger of ``loan``, whose row the caller has locked in this transaction.

    It counts as a change of the loan: whoever decides from a page drawn before it is told. Raises
    ``ValidationError`` for an impossible day.
    """
    refuse_impossible_day(loan, value_date, field="value_date")
    count_change(loan)
    last = loan.entries.aggregate(last=Max("sequence"))["last"] or 0
    return LedgerEntry.objects.create(
        loan=loan,
        sequence=last + 1,
        kind=kind,
        value_date=value_date,
        amount=amount,
        data=data or {},
        source=source,
        payment_key=payment_key,
        reverses=reverses,
        note=note,
        recorded_by=by if isinstance(by, User) else None,
        recorded_at=clock.now(),
    )


def refuse_impossible_day(loan: Loan, day: date, *, field: str) -> None:
    """``ValidationError`` at ``field`` for a day in the future, or before ``loan`` was paid out."""
    if day > clock.today():
        raise ValidationError({field: _("A day in the future cannot be recorded yet.")})
    if loan.disbursed_on is not None and day < loan.disbursed_on:
        raise ValidationError({field: _("This day is before the loan was paid out.")})


@contextmanager
def telling_at(field: str) -> Iterator[None]:
    """What the ledger cannot take is wrong input of the person who typed it, and said at their ``field``."""
    try:
        yield
    except ImpossibleEntry as impossible:
        raise ValidationError({field: impossible.message}) from impossible


@contextmanager
def telling_what_changed(loan: Loan, expected_version: int | None) -> Iterator[None]:
    """Let a ``Stale`` name the ledger's entries too, which are no state changes."""
    try:
        yield
    except Stale as stale:
        if expected_version is None:
            raise
        raise Stale(changes=happened_since(loan, expected_version)) from stale


@transaction.atomic
def refresh_loan(loan: Loan, as_of: date | None = None) -> Loan:
    """Replay the ledger and write what it says to the loan and its instalments; close or reopen the loan.

    Only rows that differ are written. Returns the fresh row.
    """
    row = lock(loan)
    if row.state not in Loan.PAID_OUT:
        return row
    state = loan_state(row, as_of or clock.today())
    write_figures(row, state)
    return settle_state(row, state)


def write_figures(loan: Loan, state: LoanState) -> None:
    """Bring the cache columns of a locked ``loan`` to ``state``."""
    figures = loan_figures(state)
    for name, value in figures.items():
        setattr(loan, name, value)
    loan.save(update_fields=list(figures))
    _write_instalments(loan, state)


def _write_instalments(loan: Loan, state: LoanState) -> None:
    there = {row.number: row for row in loan.instalments.all()}
    new, changed = [], []
    wanted = instalment_figures(state)
    for figures in wanted:
        row = there.pop(figures.number, None)
        if row is None:
            new.append(LoanInstalment(loan=loan, number=figures.number, **figures.values))
        elif any(getattr(row, name) != value for name, value in figures.values.items()):
            for name, value in figures.values.items():
                setattr(row, name, value)
            changed.append(row)
    LoanInstalment.objects.bulk_create(new)
    LoanInstalment.objects.bulk_update(changed, INSTALMENT_COLUMNS)
    if there:
        loan.instalments.filter(number__in=there).delete()


@transaction.atomic
def reverse_on(loan: Loan, entry: LedgerEntry, *, by: Actor, reason: str) -> LedgerEntry:
    """Take an entry back by another one, for a caller that has locked ``loan`` and asked who may.

    The first stays; the loan looks as if it had never been. Reversing twice returns the first reversal.
    """
    if there := LedgerEntry.objects.filter(reverses=entry).first():
        return there
    if entry.kind not in REVERSIBLE:
        raise NotNow(_("An entry of this kind cannot be taken back."))
    reversal, _row = book(
        loan,
        Kind.REVERSAL,
        value_date=clock.today(),
        by=by,
        reverses=entry,
        data={"target": entry.event_id},
        note=reason[:200],
    )
    return reversal
