"""Approval and paying out, by two different people."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.money import format_won
from core.workflow.perform import lock, perform, refuse_stale
from loans.books.terms import terms_for
from loans.engine import build_schedule, to_dict
from loans.models import FundYear, LedgerEntry, Loan
from loans.notices import tell_disbursed
from loans.queries.funds import budget_left
from loans.services.contracts import fund_year_of
from loans.services.ledger import book, refuse_impossible_day


def approve_loan(*, by: User, loan: Loan, reason: str = "", expected_version: int | None = None) -> Loan:
    """A finance approver who did not prepare the loan agrees to it."""
    return perform(
        loan,
        "approve",
        by=by,
        reason=reason,
        expected_version=expected_version,
        approver=by,
        at=clock.now(),
    )


@transaction.atomic
def disburse_loan(
    *, by: User, loan: Loan, on: date | None = None, expected_version: int | None = None
) -> Loan:
    """Pay the loan out on a day up to today. Fixes the rate of that year, writes the ledger and the schedule.

    Raises ``NotAllowed`` for the person who approved it, and ``ValidationError`` when the fund's plan has not
    enough left and for a day before the approval or in the future: a slip of the pen would bear interest from
    then on, and a disbursement cannot be taken back.
    """
    row = lock(loan)
    if not has_perm("loans.disburse_loan", by, row):
        raise NotAllowed
    refuse_stale(row, expected_version)
    if row.approved_at is None or row.state != Loan.State.APPROVED:
        raise NotNow
    paid_on = on or clock.today()
    refuse_impossible_day(row, paid_on, field="on")
    if paid_on < timezone.localdate(row.approved_at):
        raise ValidationError({"on": _("The loan was approved after this day.")})
    plan = FundYear.objects.select_for_update().get(pk=row.fund_year_id)
    _refuse_over_plan(plan, row.principal)
    rate = fund_year_of(plan, paid_on, field="on").annual_rate
    terms = terms_for(
        row.product, principal=row.principal, annual_rate=rate, start=paid_on, due_day=row.due_day
    )
    row = perform(
        row,
        "disburse",
        by=by,
        expected_version=expected_version,
        payer=by,
        on=paid_on,
        annual_rate=rate,
        terms=to_dict(terms),
        matures_on=date.fromordinal(build_schedule(terms).dues[-1]),
    )
    _entry, row = book(row, LedgerEntry.Kind.DISBURSEMENT, value_date=paid_on, amount=row.principal, by=by)
    tell_disbursed(row)
    return row


def _refuse_over_plan(plan: FundYear, principal: int) -> None:
    if principal > (left := budget_left(plan)):
        raise ValidationError(
            _("The fund's plan for %(year)s has %(left)s left.")
            % {"year": plan.year, "left": format_won(max(left, 0))}
        )
