"""What the committee decided, and what follows: a place in the plan, a place in the queue, moving up."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed
from core.workflow.actors import SYSTEM
from core.workflow.perform import lock, perform
from loans.models import Loan, LoanApplication, LoanRound
from loans.queries.readiness import amount_flaws
from loans.queries.rounds import next_reserve_order, reserves, room_left

State = LoanApplication.State


@transaction.atomic
def decide_application(
    *,
    by: User,
    application: LoanApplication,
    approved: bool,
    amount: int | None = None,
    rank: int | None = None,
    reason: str = "",
) -> LoanApplication:
    """Carry out the committee's decision on an eligible application.

    Approved, it is selected while the round has room (by default 120 % of the plan) and no reserve waits
    before it, else put on the reserve in place ``rank``, by default behind the others.
    Raises ``ValidationError`` for an impossible amount.
    """
    if not has_perm("loans.decide_application", by, application):
        raise NotAllowed
    loan_round = lock(application.round)
    row = lock(application)
    if not approved:
        return perform(row, "reject", by=by, reason=reason)
    decided = amount if amount is not None else (row.amount or 0)
    product = loan_round.product
    if flaws := list(amount_flaws(decided, product, is_micro=row.business.is_micro)):
        raise ValidationError({flaw.field: flaw.message for flaw in flaws})
    place = rank or next_reserve_order(loan_round)
    if decided <= room_left(loan_round) and not reserves(loan_round).filter(reserve_order__lt=place).exists():
        today = clock.today()
        return perform(
            row, "select", by=by, reason=reason, amount=decided, on=today, draw_by=draw_by(loan_round, today)
        )
    if reserves(loan_round).filter(reserve_order=place).exists():
        raise ValidationError({"rank": _("Another reserve has this place.")})
    return perform(row, "put_on_reserve", by=by, reason=reason, amount=decided, order=place)


@transaction.atomic
def cancel_selection(
    *, by: User, application: LoanApplication, reason: str, expected_version: int | None = None
) -> LoanApplication:
    """Cancel a selection: not drawn in time, disqualified or given up. The next reserves move up."""
    if not reason.strip():
        raise ValidationError({"reason": _("Please write why the selection is cancelled.")})
    loan_round = lock(application.round)
    if Loan.objects.filter(application=application).exclude(state=Loan.State.CANCELLED).exists():
        raise ValidationError(_("Cancel the loan that was prepared from it first."))
    row = perform(application, "cancel_selection", by=by, reason=reason, expected_version=expected_version)
    promote_reserves(loan_round=loan_round)
    return row


@transaction.atomic
def promote_reserves(*, loan_round: LoanRound) -> list[LoanApplication]:
    """Move reserves up, strictly in order, as long as the round has room for the first of them."""
    loan_round = lock(loan_round)
    today, promoted = clock.today(), []
    for reserve in reserves(loan_round):
        if (reserve.decided_amount or 0) > room_left(loan_round):
            break
        promoted.append(
            perform(
                reserve,
                "promote",
                by=SYSTEM,
                reason=_("A place became free."),
                on=today,
                draw_by=draw_by(loan_round, today),
            )
        )
    return promoted


def draw_by(loan_round: LoanRound, selected_on: date) -> date:
    """The last day to draw the loan: so many months after the notice, clamped to the month's end."""
    months = selected_on.month - 1 + loan_round.fund_year.fund.draw_within_months
    year, month = selected_on.year + months // 12, months % 12 + 1
    return date(year, month, min(selected_on.day, monthrange(year, month)[1]))
