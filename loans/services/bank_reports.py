"""What the entrusted bank reports of a loan that it services: our ledger repeats it, the bank's counts."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core.accounts.models import User
from core.errors import NotAllowed, NotNow, Stale
from core.payments.services.deposits import LARGEST_DEPOSIT
from core.workflow.perform import lock, refuse_stale
from loans.models import LedgerEntry, Loan
from loans.queries.history import as_since
from loans.services.ledger import reverse_on, telling_at, telling_what_changed
from loans.services.repayments import post_payment


@transaction.atomic
def record_reported_payment(
    *,
    by: User,
    loan: Loan,
    token: UUID,
    amount: int,
    received_on: date,
    note: str = "",
    expected_version: int | None = None,
) -> LedgerEntry:
    """Enter a payment that the bank reported; the same form sent twice gives one.

    Raises ``NotNow`` for a loan that the district services, ``Stale`` when something came into the ledger
    after the page was drawn, and ``ValidationError`` by field for what cannot be.
    """
    row = lock(loan)
    if not has_perm("loans.post_payment", by, row):
        raise NotAllowed
    if not row.is_bank_serviced:
        raise NotNow(_("This loan is paid to the district, not to the bank."))
    key = f"report:{token}"
    if not LedgerEntry.objects.filter(payment_key=key).exists():
        with telling_what_changed(row, expected_version):
            refuse_stale(row, expected_version)
    if amount > LARGEST_DEPOSIT:
        raise ValidationError(
            {"amount": _("This is more than any loan here. Please check the number of zeros.")}
        )
    with telling_at("received_on"):
        return post_payment(
            by=by,
            loan=row,
            amount=amount,
            received_on=received_on,
            source=LedgerEntry.Source.REPORT,
            payment_key=key,
            note=note,
        )


@transaction.atomic
def reverse_reported_payment(*, by: User, entry: LedgerEntry, reason: str) -> LedgerEntry:
    """Take back what was entered wrongly from a report. It stays in the ledger, with the reversal.

    Raises ``Stale`` when somebody else already did, ``ValidationError`` for what the ledger cannot take.
    """
    if entry.source != LedgerEntry.Source.REPORT:
        raise NotNow(_("This entry was not reported by the bank."))
    loan = lock(entry.loan)
    if not has_perm("loans.reverse_entry", by, loan):
        raise NotAllowed
    if done := loan.entries.filter(reverses=entry).select_related("recorded_by").first():
        raise Stale(changes=[as_since(done)])
    with telling_at("entry"):
        return reverse_on(loan, entry, by=by, reason=reason)
