"""What the entrusted bank reports of a loan that it services: our ledger repeats it, the bank's counts."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.payments.services.deposits import LARGEST_DEPOSIT
from core.workflow.perform import lock, refuse_stale
from loans.models import LedgerEntry, Loan
from loans.services.ledger import telling_at, telling_what_changed
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
