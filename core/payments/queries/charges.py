from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.payments.models import Charge, Checkout


def charges_for(user: Any) -> QuerySet[Charge]:
    """The charges that ``user`` may pay."""
    return Charge.objects.filter(payer_id=user.pk).select_related("content_type")


def latest_checkout(charge: Charge) -> Checkout | None:
    return charge.checkouts.order_by("-pk").first()


def waiting_checkouts() -> QuerySet[Checkout]:
    """Tries that nobody has carried to the payment service within a minute: a worker was lost."""
    return Checkout.objects.filter(
        state=Checkout.State.PREPARING, created_at__lte=clock.now() - timedelta(minutes=1)
    )
