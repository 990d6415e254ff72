from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from core import clock
from core.payments.models import Charge, Checkout, StripeEvent

PAID_KINDS = frozenset({"checkout.session.completed", "checkout.session.async_payment_succeeded"})


def waiting_events() -> QuerySet[StripeEvent]:
    """Stored, not processed, and due for another attempt."""
    due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=clock.now())
    return StripeEvent.objects.filter(
        due, processed_at__isnull=True, attempts__lt=StripeEvent.MAX_ATTEMPTS
    ).order_by("received_at", "pk")


def events_with_errors() -> QuerySet[StripeEvent]:
    """Not processed, and the last attempt failed: staff should look."""
    return StripeEvent.objects.filter(processed_at__isnull=True).exclude(error="")


def is_problem(event: StripeEvent) -> bool:
    """Whether it is one of ``events_with_errors``."""
    return event.processed_at is None and bool(event.error)


def session_of(event: StripeEvent) -> dict[str, Any]:
    """What the message is about."""
    session: dict[str, Any] = event.payload.get("data", {}).get("object", {})
    return session


def checkout_of(session: dict[str, Any]) -> Checkout | None:
    """The try that a session belongs to: by its id, else by the reference that we gave it.

    The reference counts when the message is quicker than our note of the session's id.
    """
    checkouts = Checkout.objects.select_related("charge")
    found = checkouts.filter(stripe_session_id=session.get("id")).first()
    if found is None:
        reference = _as_uuid(session.get("client_reference_id"))
        unnamed = checkouts.filter(stripe_session_id__isnull=True)
        found = unnamed.filter(idempotency_key=reference).first() if reference else None
    return found


def amount_to_accept(event: StripeEvent) -> int | None:
    """What came in for a charge of ours that asked for another amount; nothing for any other problem."""
    session = session_of(event)
    if event.processed_at or event.kind not in PAID_KINDS or session.get("payment_status") != "paid":
        return None
    amount, checkout = amount_of(session), checkout_of(session)
    if amount is None or checkout is None or checkout.charge.state == Charge.State.PAID:
        return None
    charge = checkout.charge
    asked = (charge.currency, charge.amount)
    return amount if str(session.get("currency")).upper() == asked[0] and amount != asked[1] else None


def amount_of(session: dict[str, Any]) -> int | None:
    """The whole won that Stripe says were paid, where it says so."""
    amount = session.get("amount_total")
    return amount if type(amount) is int and amount > 0 else None


def _as_uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
