"""What a person may pay online."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.payments.models import Charge
from core.payments.queries.charges import open_charges_of
from core.payments.services.checkouts import end_live_checkouts
from core.workflow.actors import SYSTEM, Actor
from core.workflow.perform import perform


def open_charge(*, by: User, payer: User, subject: models.Model, amount: int, description: str) -> Charge:
    """The open charge of ``payer`` for ``subject``: the one that is there if it is the same, else a new one.

    An open one for another amount is cancelled and its payment page closed, so that nobody pays both. The
    caller has checked that ``payer`` may pay for ``subject``. Raises ``NotAllowed`` unless people pay for
    themselves, ``ValidationError`` for an amount that is not positive, ``NotNow`` when another click for
    another amount was quicker.
    """
    if by.pk != payer.pk:
        raise NotAllowed
    if amount <= 0:
        raise ValidationError({"amount": _("The amount must be at least 1 won.")})
    with transaction.atomic():
        for charge in open_charges_of(subject).select_for_update():
            if (charge.payer_id, charge.amount, charge.description) == (payer.pk, amount, description):
                return charge
            cancel_charge(charge=charge, by=SYSTEM)
        try:
            with transaction.atomic():
                return Charge.objects.create(
                    subject=subject,
                    payer=payer,
                    amount=amount,
                    description=description,
                    opened_at=clock.now(),
                )
        except IntegrityError:  # a second click was quicker
            same = {"payer": payer, "amount": amount, "description": description}
            if found := open_charges_of(subject).filter(**same).first():
                return found
            raise NotNow(_("Another payment for this was begun just now. Please look at it first.")) from None


def cancel_charge(*, charge: Charge, by: Actor, reason: str = "") -> Charge:
    """Nobody shall pay this any more. Raises ``NotNow`` when it is paid."""
    with transaction.atomic():
        charge = perform(charge, "cancel", by=by, reason=reason)
        end_live_checkouts(charge=charge, keep=None)
    return charge
