"""Money that comes in for a loan, from the card or the bank, and what a borrower asks to pay."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow, Stale
from core.payments.models import BankDeposit, Checkout
from core.payments.services import open_charge, record_bank_deposit, reverse_bank_deposit, start_checkout
from core.workflow.actors import Actor, System
from core.workflow.perform import lock, refuse_stale
from core.workflow.telling import told
from loans.engine import Prepaying
from loans.models import LedgerEntry, Loan
from loans.notices import tell_payment
from loans.queries.payments import payment_offers
from loans.services.ledger import (
    book,
    refuse_impossible_day,
    reverse_on,
    telling_at,
    telling_what_changed,
)

Kind = LedgerEntry.Kind


@transaction.atomic
def post_payment(
    *,
    by: Actor,
    loan: Loan,
    amount: int,
    received_on: date,
    source: str,
    payment_key: str,
    note: str = "",
    hold: bool = False,
) -> LedgerEntry:
    """Enter money received on a day up to today. A key that was seen before changes nothing.

    What is more than due follows the product's rule, or waits with ``hold``; enough for the whole loan closes
    it. What was received from the day of a write-off on is a recovery. Raises ``NotNow`` for a loan that was
    not paid out or a key that belongs to another payment, ``ValidationError`` for a day before the loan or in
    the future.
    """
    row = lock(loan)
    if there := LedgerEntry.objects.filter(payment_key=payment_key).first():
        if (there.loan_id, there.amount) != (row.pk, amount):
            raise NotNow(_("This payment is already recorded for something else."))
        return there
    if not (isinstance(by, System) or has_perm("loans.post_payment", by, row)):
        raise NotAllowed
    if row.state not in Loan.PAID_OUT:
        raise NotNow(_("This loan was not paid out."))
    if amount <= 0:
        raise ValidationError({"amount": _("The amount must be at least 1 won.")})
    refuse_impossible_day(row, received_on, field="received_on")
    lost = row.entries.filter(kind=Kind.WRITE_OFF, value_date__lte=received_on).exists()
    entry, row = book(
        row,
        Kind.RECOVERY if lost else Kind.PAYMENT,
        value_date=received_on,
        amount=amount,
        by=by,
        source=source,
        payment_key=payment_key,
        note=note,
        data={"prepaying": Prepaying.HOLD.value} if hold else {},
    )
    tell_payment(row, entry)
    return entry


@transaction.atomic
def record_deposit(
    *,
    by: User,
    loan: Loan,
    token: UUID,
    deposited_on: date,
    expected_version: int | None = None,
    **facts: Any,
) -> BankDeposit:
    """Enter a bank deposit for ``loan``; the same form sent twice gives one.

    Raises ``Stale`` when something came into the ledger after the page was drawn: it may be this very
    deposit, entered by a colleague; ``ValidationError`` by field for what cannot be; ``NotNow`` for a loan
    that is paid to the bank.
    """
    row = lock(loan)
    if not has_perm("loans.post_payment", by, row):
        raise NotAllowed
    if row.is_bank_serviced:
        raise NotNow(_("This loan is paid to the bank: please enter what the bank reported."))
    if not BankDeposit.objects.filter(reference=token).exists():
        with telling_what_changed(row, expected_version):
            refuse_stale(row, expected_version)
        refuse_impossible_day(row, deposited_on, field="deposited_on")
    with telling_at("deposited_on"):
        return record_bank_deposit(by=by, subject=row, token=token, deposited_on=deposited_on, **facts)


def reverse_deposit(*, by: User, deposit: BankDeposit, reason: str) -> BankDeposit:
    """Take back a deposit that was entered wrongly. Raises ``Stale`` when somebody else already did."""
    try:
        with telling_at("deposit"):
            return reverse_bank_deposit(by=by, deposit=deposit, reason=reason)
    except NotNow as late:
        if done := deposit.history().filter(transition="reverse").select_related("by"):
            raise Stale(changes=told(deposit, done)) from late
        raise


@transaction.atomic
def reverse_payment(*, by: Actor, payment_key: str, reason: str) -> LedgerEntry | None:
    """Take back the payment that has ``payment_key``; nothing happens when there is none."""
    entry = LedgerEntry.objects.select_related("loan").filter(payment_key=payment_key).first()
    if entry is None:
        return None
    loan = lock(entry.loan)
    if not (isinstance(by, System) or has_perm("loans.reverse_entry", by, loan)):
        raise NotAllowed
    return reverse_on(loan, entry, by=by, reason=reason)


def request_payment(*, by: User, loan: Loan, kind: str, shown_amount: int) -> Checkout:
    """Start to pay online. The amount is worked out here; ``shown_amount`` only tells what the person saw.

    Raises ``Stale`` when it has changed since, ``NotNow`` when there is nothing of that kind to pay.
    """
    if not has_perm("loans.pay_loan", by, loan):
        raise NotAllowed
    with transaction.atomic():
        row = lock(loan)
        if not row.is_paid_online:
            raise NotNow(_("This loan is not paid online."))
        offer = next((offer for offer in payment_offers(row, clock.today()) if offer.kind == kind), None)
        if offer is None:
            raise NotNow(_("There is nothing to pay of this kind at the moment."))
        if offer.amount != shown_amount:
            raise Stale(_("The amount has changed since you opened the page."))
        charge = open_charge(by=by, payer=by, subject=row, amount=offer.amount, description=offer.description)
    return start_checkout(charge=charge, by=by)
