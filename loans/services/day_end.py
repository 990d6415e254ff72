"""The night's work: bring every loan to the day, remind, close what is paid. Can be killed and run again."""

from collections.abc import Iterator
from datetime import date

import structlog
from django.db import transaction

from core import clock
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from loans.models import DayClose, DayCloseError, Loan, LoanInstalment, LoanRound
from loans.notices import tell_due_soon, tell_overdue
from loans.services.ledger import refresh_loan

CHUNK = 200
DUE_SOON = (7, 1)
OVERDUE = (1, 7, 30, 60, 90)
log = structlog.get_logger(__name__)


def close_day(on: date) -> DayClose:
    """Bring every running loan to the evening of ``on``. Loans that are there already are left alone.

    Each loan has its own transaction; one that fails is noted and the others go on. Running it again does
    what is left. A loan that missed days catches up in one step: the ledger knows every day by itself.
    """
    close, _created = DayClose.objects.get_or_create(on=on, defaults={"started_at": clock.now()})
    _close_rounds()
    for loan_id in _waiting_ids(on):
        try:
            close_loan_day(loan_id=loan_id, on=on)
        except Exception as error:  # noqa: BLE001 — one broken loan must not keep the others from their day
            log.warning("loan_day_not_closed", loan=loan_id, on=str(on), error=type(error).__name__)
            _note_error(close, loan_id, error)
        else:
            DayCloseError.objects.filter(loan_id=loan_id).delete()
    close.loans = Loan.objects.filter(closed_through__gte=on).count()
    close.failed = close.errors.count()
    close.finished_at = clock.now()
    close.save(update_fields=["loans", "failed", "finished_at"])
    return close


@transaction.atomic
def close_loan_day(*, loan_id: int, on: date) -> Loan:
    """One loan's day: figures, closing, reminders. Nothing happens when it is done already."""
    loan = Loan.objects.select_for_update().get(pk=loan_id)
    if not loan.is_outstanding or (loan.closed_through is not None and loan.closed_through >= on):
        return loan
    # a payment of this morning may have brought the figures further than the night that is caught up
    loan = refresh_loan(loan, max(on, loan.as_of or on))
    if loan.is_outstanding:
        _remind(loan, on)
    loan.closed_through = on
    loan.save(update_fields=["closed_through"])
    return loan


def _waiting_ids(on: date) -> Iterator[int]:
    """The loans whose day is not done, in chunks, so that neither memory nor a cursor is held."""
    last = 0
    running = Loan.objects.filter(state__in=Loan.OUTSTANDING).exclude(closed_through__gte=on).order_by("pk")
    while chunk := list(running.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield from chunk
        last = chunk[-1]


def _remind(loan: Loan, on: date) -> None:
    """The one reminder that fits the day best. Its key lets each go out once, however often this runs.

    Nobody is told by us that a loan of the bank is overdue: its report of a payment may only be on the way.
    """
    if loan.days_overdue and not loan.is_bank_serviced:
        oldest = loan.instalments.filter(state=LoanInstalment.State.OVERDUE).first()
        reached = [days for days in OVERDUE if days <= loan.days_overdue]
        if oldest is not None and reached:
            tell_overdue(loan, since=oldest.due_on, threshold=reached[-1])
    if loan.next_due_on is None:
        return
    left = (loan.next_due_on - on).days
    amount = loan.next_due_amount - loan.unapplied
    near = [days for days in DUE_SOON if left <= days]
    if near and amount > 0:
        instalment = loan.instalments.filter(due_on=loan.next_due_on).order_by("-number").first()
        if instalment is not None:
            tell_due_soon(loan, instalment, days=near[-1], amount=amount)


def _close_rounds() -> None:
    now = clock.now()
    for loan_round in LoanRound.objects.filter(state=LoanRound.State.PUBLISHED, closes_at__lte=now):
        perform(loan_round, "close", by=SYSTEM, at=now)


def _note_error(close: DayClose, loan_id: int, error: Exception) -> None:
    DayCloseError.objects.update_or_create(
        close=close,
        loan_id=loan_id,
        defaults={"message": f"{type(error).__name__}: {error}"[:300], "at": clock.now()},
    )
