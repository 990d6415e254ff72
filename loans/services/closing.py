"""When the replay says that all is paid, the platform closes the loan; if later not, it reopens it."""

from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from loans.books.replaying import loan_state
from loans.engine import LoanState
from loans.models import Loan, LoanCertificate
from loans.notices import tell_certificate_revoked
from loans.services.certificates import issue_certificate


def settle_state(loan: Loan, state: LoanState) -> Loan:
    """Bring the lifecycle of a locked ``loan`` to what ``state`` says, in the caller's transaction."""
    if state.is_closed and loan.is_outstanding:
        loan = perform(loan, "repay", by=SYSTEM, on=_closing_day(loan, state))
        if not loan.is_bank_serviced:  # only the ledger that counts can be certified
            issue_certificate(loan=loan)
    elif not state.is_closed and loan.state == Loan.State.REPAID:
        loan = perform(
            loan,
            "reopen",
            by=SYSTEM,
            reason=_("A payment was taken back."),
            accelerated=state.is_accelerated,
        )
        for certificate in LoanCertificate.objects.filter(loan=loan, revoked_at__isnull=True):
            certificate.revoked_at = clock.now()
            certificate.save(update_fields=["revoked_at"])
            tell_certificate_revoked(certificate)
    return loan


def _closing_day(loan: Loan, state: LoanState) -> date:
    """The first day on which nothing was owed any more: of a payment, or a due date that took held money."""
    entries = list(loan.entries.all())
    last = max(entry.value_date for entry in entries)
    days = {last, state.as_of} | {row.due for row in state.instalments if last <= row.due <= state.as_of}
    days |= {entry.value_date for entry in entries if entry.amount}
    return next(day for day in sorted(days) if loan_state(loan, day, entries).is_closed)
