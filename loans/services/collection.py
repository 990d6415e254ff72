"""What staff do with a running loan: costs, waivers, refunds, acceleration, write-off."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.money import format_won
from core.workflow.perform import lock, perform, refuse_stale
from loans.engine import Component
from loans.models import LedgerEntry, Loan
from loans.notices import tell_cost
from loans.services.ledger import (
    book,
    refuse_impossible_day,
    telling_at,
    telling_what_changed,
)

Kind = LedgerEntry.Kind


@transaction.atomic
def charge_fee(
    *,
    by: User,
    loan: Loan,
    amount: int,
    on: date | None = None,
    note: str,
    expected_version: int | None = None,
) -> LedgerEntry:
    """Charge a cost (비용) to the borrower, who is told: it is due at once. Never more than was lent."""
    entry = _correct(by, loan, Kind.FEE, on, amount=amount, note=note, expected_version=expected_version)
    tell_cost(entry)
    return entry


def waive(
    *,
    by: User,
    loan: Loan,
    component: Component,
    amount: int,
    on: date | None = None,
    instalment: int | None = None,
    note: str,
    expected_version: int | None = None,
) -> LedgerEntry:
    """Forgive costs, interest or late interest that is due, the oldest first; never more than is owed."""
    data: dict[str, object] = {"component": component.value, "instalment": instalment}
    return _correct(
        by, loan, Kind.WAIVER, on, amount=amount, note=note, data=data, expected_version=expected_version
    )


def refund(
    *,
    by: User,
    loan: Loan,
    amount: int,
    on: date | None = None,
    note: str,
    expected_version: int | None = None,
) -> LedgerEntry:
    """Give back money that is held for the borrower; never more than is held, nor twice from one page."""
    also = (Loan.State.REPAID, Loan.State.WRITTEN_OFF)
    return _correct(
        by, loan, Kind.REFUND, on, amount=amount, note=note, also=also, expected_version=expected_version
    )


@transaction.atomic
def accelerate_loan(
    *, by: User, loan: Loan, reason: str, on: date | None = None, expected_version: int | None = None
) -> Loan:
    """기한의 이익 상실, decided by a person with a reason: everything falls due."""
    _needs(reason)
    with telling_what_changed(loan, expected_version):
        row = perform(loan, "accelerate", by=by, reason=reason, expected_version=expected_version)
    return _book(row, Kind.ACCELERATION, on, by=by, note=reason)[1]


@transaction.atomic
def write_off_loan(
    *, by: User, loan: Loan, reason: str, on: date | None = None, expected_version: int | None = None
) -> Loan:
    """대손상각: what is owed leaves the books; money that still comes is a recovery."""
    _needs(reason)
    with telling_what_changed(loan, expected_version):
        row = perform(loan, "write_off", by=by, reason=reason, expected_version=expected_version)
    return _book(row, Kind.WRITE_OFF, on, by=by, note=reason)[1]


@transaction.atomic
def _correct(
    by: User,
    loan: Loan,
    kind: str,
    on: date | None,
    *,
    amount: int,
    note: str,
    data: dict[str, object] | None = None,
    also: tuple[str, ...] = (),
    expected_version: int | None = None,
) -> LedgerEntry:
    row = lock(loan)
    if not has_perm("loans.correct_loan", by, row):
        raise NotAllowed
    with telling_what_changed(row, expected_version):
        refuse_stale(row, expected_version)
    if not (row.is_outstanding or row.state in also):
        raise NotNow
    if amount <= 0:
        raise ValidationError({"amount": _("The amount must be at least 1 won.")})
    if amount > loan.principal:
        most = format_won(loan.principal)
        raise ValidationError({"amount": _("This is more than was lent (%(most)s).") % {"most": most}})
    if not note.strip():
        raise ValidationError({"note": _("Please write a reason.")})
    with telling_at("amount"):
        return _book(row, kind, on, by=by, amount=amount, note=note, data=data)[0]


def _book(row: Loan, kind: str, on: date | None, *, note: str, **facts: Any) -> tuple[LedgerEntry, Loan]:
    """Book on a day that staff chose, by default today."""
    day = on or clock.today()
    refuse_impossible_day(row, day, field="on")
    return book(row, kind, value_date=day, note=note[:200], **facts)


def _needs(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Please write a reason.")})
