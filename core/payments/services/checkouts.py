"""Tries to pay on the hosted page: from the click to the page's address."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.enqueue import after_commit
from core.errors import NotAllowed, NotNow
from core.payments import stripe
from core.payments.models import Charge, Checkout
from core.workflow.actors import SYSTEM
from core.workflow.perform import lock, perform


def is_online_payment_available() -> bool:
    """Whether people can pay online here. Without keys they are told to transfer instead."""
    return stripe.is_configured()


def start_checkout(*, charge: Charge, by: User) -> Checkout:
    """Begin to pay ``charge``: the live try if there is one, else a new one that a worker carries to Stripe.

    Raises ``NotAllowed`` for anybody but the payer, ``NotNow`` when it is paid or online payment is off.
    """
    if not has_perm("payments.pay", by, charge):
        raise NotAllowed
    if not is_online_payment_available():
        raise NotNow(_("Online payment is not available. Please pay by bank transfer."))
    with transaction.atomic():
        charge = lock(charge)
        if charge.state != Charge.State.OPEN:
            raise NotNow(_("This has been paid or cancelled already."))
        live = charge.checkouts.filter(state__in=Checkout.LIVE).first()
        if live and live.expires_at > stripe.now():
            return live
        if live:
            perform(live, "expire", by=SYSTEM)
        checkout = Checkout.objects.create(
            charge=charge, created_at=clock.now(), expires_at=stripe.now() + stripe.SESSION_LIFE
        )
        _carry(checkout.pk)
    return checkout


def prepare_checkout(*, checkout_id: int) -> None:
    """Ask Stripe for the payment page of a try. Talks to the network, so never inside a transaction.

    Safe to repeat: the idempotency key gives the same page. Raises ``PaymentServiceDown`` to be repeated.
    """
    checkout = Checkout.objects.select_related("charge").get(pk=checkout_id)
    if checkout.state != Checkout.State.PREPARING:
        return
    key = checkout.charge.key
    try:
        session = stripe.create_session(
            idempotency_key=str(checkout.idempotency_key),
            reference=str(checkout.idempotency_key),
            amount=checkout.charge.amount,
            description=checkout.charge.description,
            expires_at=checkout.expires_at,
            success_url=settings.SITE_URL + reverse("payment_done", args=[key]),
            cancel_url=settings.SITE_URL + reverse("payment_cancelled", args=[key]),
        )
    except stripe.PaymentServiceRefused as error:
        give_up_checkout(checkout_id=checkout_id, error=str(error))
        return
    try:
        perform(
            checkout,
            "open",
            by=SYSTEM,
            session_id=session.id,
            url=session.url,
            expires_at=session.expires_at,
        )
    except NotNow:  # cancelled, or opened by another worker, while we were asking
        checkout.refresh_from_db()
        if checkout.state in {Checkout.State.EXPIRED, Checkout.State.FAILED}:
            stripe.expire_session(session.id)


def give_up_checkout(*, checkout_id: int, error: str) -> None:
    """Stripe gave no payment page: say so where the person waits."""
    try:
        perform(Checkout.objects.get(pk=checkout_id), "fail", by=SYSTEM, reason=error, error=error)
    except NotNow:
        return


def close_session(*, session_id: str) -> None:
    """Close a payment page at Stripe. Paid meanwhile? Then the message about it will come."""
    stripe.expire_session(session_id)


def end_live_checkouts(*, charge: Charge, keep: Checkout | None) -> None:
    """Within the caller's transaction: no other payment page of ``charge`` stays open."""
    for checkout in charge.checkouts.filter(state__in=Checkout.LIVE):
        if keep is not None and checkout.pk == keep.pk:
            continue
        session_id = checkout.stripe_session_id
        perform(checkout, "expire", by=SYSTEM)
        if session_id:
            _close(session_id)


def _carry(checkout_id: int) -> None:
    from core.payments.tasks import create_checkout_session

    after_commit(create_checkout_session, checkout_id)


def _close(session_id: str) -> None:
    from core.payments.tasks import expire_checkout_session

    after_commit(expire_checkout_session, session_id)
