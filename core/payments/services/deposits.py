"""Money that came to the district's bank account, entered by finance."""

from datetime import date
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.payments.models import BankDeposit
from core.payments.signals import money_received, money_reversed
from core.workflow.perform import perform

LARGEST_DEPOSIT = 1_000_000_000
OLDEST_DEPOSIT = date(2000, 1, 1)


def record_bank_deposit(
    *,
    by: User,
    subject: models.Model,
    amount: int,
    deposited_on: date,
    payer_name: str,
    token: UUID,
    note: str = "",
) -> BankDeposit:
    """Enter one deposit for ``subject``. ``token`` comes with the form: sending it twice gives one row.

    Raises ``NotAllowed``, ``ValidationError`` by field, and ``NotNow`` when the token was used for something
    else or nobody takes money for this subject.
    """
    if not has_perm("payments.record_bank_deposit", by):
        raise NotAllowed
    _check(amount=amount, deposited_on=deposited_on, payer_name=payer_name)
    if not money_received.has_listeners(type(subject)):
        raise NotNow(_("Nothing in the platform takes this payment."))
    wanted = {
        "content_type": ContentType.objects.get_for_model(subject),
        "object_id": subject.pk,
        "amount": amount,
        "deposited_on": deposited_on,
        "payer_name": payer_name.strip(),
    }
    with transaction.atomic():
        try:
            with transaction.atomic():
                deposit = BankDeposit.objects.create(
                    reference=token, **wanted, note=note, recorded_by=by, recorded_at=clock.now()
                )
        except IntegrityError:
            return _entered_before(token, wanted)
        money_received.send(
            type(subject),
            subject=subject,
            amount=amount,
            received_on=deposited_on,
            source="bank",
            payment_key=deposit.payment_key,
            by=by,
            asked=True,
        )
    return deposit


def reverse_bank_deposit(
    *, by: User, deposit: BankDeposit, reason: str, expected_version: int | None = None
) -> BankDeposit:
    """Take back a deposit that was entered wrongly. It stays visible, with the reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this deposit is reversed.")})
    with transaction.atomic():
        deposit = perform(
            deposit,
            "reverse",
            by=by,
            reason=reason.strip(),
            expected_version=expected_version,
            at=clock.now(),
        )
        money_reversed.send(
            type(deposit.subject),
            subject=deposit.subject,
            payment_key=deposit.payment_key,
            by=by,
            reason=reason.strip(),
        )
    return deposit


def _check(*, amount: int, deposited_on: date, payer_name: str) -> None:
    errors: dict[str, str] = {}
    if amount <= 0:
        errors["amount"] = _("The amount must be at least 1 won.")
    elif amount > LARGEST_DEPOSIT:
        errors["amount"] = _("This is more than any loan here. Please check the number of zeros.")
    if deposited_on > clock.today():
        errors["deposited_on"] = _("A deposit cannot lie in the future.")
    elif deposited_on < OLDEST_DEPOSIT:
        errors["deposited_on"] = _("Please check the year.")
    if not payer_name.strip():
        errors["payer_name"] = _("Write the name that the bank statement shows.")
    if errors:
        raise ValidationError(errors)


def _entered_before(token: UUID, wanted: dict[str, object]) -> BankDeposit:
    same = BankDeposit.objects.filter(reference=token, **wanted).first()
    if same is None:
        raise NotNow(_("This form was already used for another deposit. Please open it again."))
    return same
