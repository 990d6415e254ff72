from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from core import clock
from core.payments.models import Charge, Checkout


def charges_for(user: Any) -> QuerySet[Charge]:
    """The charges that ``user`` may pay."""
    return Charge.objects.filter(payer_id=user.pk).select_related("content_type")


def open_charges_of(subject: Model) -> QuerySet[Charge]:
    """What somebody is asked to pay for ``subject`` at the moment."""
    kind = ContentType.objects.get_for_model(subject)
    return Charge.objects.filter(content_type=kind, object_id=subject.pk, state=Charge.State.OPEN)


def latest_checkout(charge: Charge) -> Checkout | None:
    return charge.checkouts.order_by("-pk").first()


def waiting_checkouts() -> QuerySet[Checkout]:
    """Tries that nobody has carried to the payment service within a minute: a worker was lost."""
    return Checkout.objects.filter(
        state=Checkout.State.PREPARING, created_at__lte=clock.now() - timedelta(minutes=1)
    )
