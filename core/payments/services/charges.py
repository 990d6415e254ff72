"""What a person may pay online."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.payments.models import Charge
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
    about = {"content_type": ContentType.objects.get_for_model(subject), "object_id": subject.pk}
    with transaction.atomic():
        for charge in Charge.objects.select_for_update().filter(**about, state=Charge.State.OPEN):
            if (charge.payer_id, charge.amount, charge.description) == (payer.pk, amount, description):
                return charge
            cancel_charge(charge=charge, by=SYSTEM)
        try:
            with transaction.atomic():
                return Charge.objects.create(
                    **about, payer=payer, amount=amount, description=description, opened_at=clock.now()
                )
        except IntegrityError:  # a second click was quicker
            same = {"payer": payer, "amount": amount, "description": description}
            if found := Charge.objects.filter(**about, **same, state=Charge.State.OPEN).first():
                return found
            raise NotNow(_("Another payment for this was begun just now. Please look at it first.")) from None


def cancel_charge(*, charge: Charge, by: Actor) -> Charge:
    """Nobody shall pay this any more. Raises ``NotNow`` when it is paid."""
    with transaction.atomic():
        charge = perform(charge, "cancel", by=by)
        end_live_checkouts(charge=charge, keep=None)
    return charge
