"""Charges, checkouts and events in every state, reached through the services."""

import json
import time
import uuid

import factory

from core.payments import services, stripe
from core.payments.models import BankDeposit, Charge, Checkout
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from tests.core.accounts.factories import BusinessFactory, UserFactory

SECRET = "whsec_test"


class ChargeFactory(factory.django.DjangoModelFactory):
    """Open unless a trait says otherwise. The subject is a business: payments know no loans."""

    class Meta:
        model = Charge

    payer = factory.SubFactory(UserFactory)
    subject = factory.SubFactory(BusinessFactory)
    amount = 42_465
    description = "3회차 상환"

    @classmethod
    def _create(cls, model_class, *args, cancelled=False, **kwargs):
        charge = services.open_charge(by=kwargs["payer"], **kwargs)
        return services.cancel_charge(charge=charge, by=SYSTEM) if cancelled else charge


class CheckoutFactory(factory.django.DjangoModelFactory):
    """Preparing; ``opened`` has its payment page."""

    class Meta:
        model = Checkout

    charge = factory.SubFactory(ChargeFactory)

    @classmethod
    def _create(cls, model_class, *args, charge, opened=False, failed=False, expired=False):
        checkout = services.start_checkout(charge=charge, by=charge.payer)
        if opened or expired:
            checkout = perform(
                checkout,
                "open",
                by=SYSTEM,
                session_id=f"cs_test_{uuid.uuid4().hex}",
                url="https://pay.example/c",
                expires_at=stripe.now() + stripe.SESSION_LIFE,
            )
        if failed:
            checkout = perform(checkout, "fail", by=SYSTEM, error="no answer")
        return perform(checkout, "expire", by=SYSTEM) if expired else checkout


class BankDepositFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BankDeposit

    subject = factory.SubFactory(BusinessFactory)
    amount = 1_041_666
    payer_name = "데모상점"
    token = factory.LazyFunction(uuid.uuid4)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return services.record_bank_deposit(**kwargs)


def event_for(checkout, kind="checkout.session.completed", *, created=None, event_id=None, **session):
    """What Stripe would say about ``checkout``."""
    return {
        "id": event_id or f"evt_{uuid.uuid4().hex}",
        "object": "event",
        "created": int(created or time.time()),
        "type": kind,
        "data": {
            "object": {
                "id": checkout.stripe_session_id,
                "object": "checkout.session",
                "client_reference_id": str(checkout.idempotency_key),
                "payment_status": "paid",
                "amount_total": checkout.charge.amount,
                "currency": "krw",
                **session,
            }
        },
    }


def signed(event, *, secret=SECRET, moment=None):
    """The body and headers of a webhook as Stripe sends it."""
    return signed_text(json.dumps(event), secret=secret, moment=moment)


def signed_text(body, *, secret=SECRET, moment=None):
    """The same of a body that need not be an event."""
    import stripe as library

    header = library.WebhookSignature.generate_signature_header(body, secret, moment or int(time.time()))
    return {"data": body, "content_type": "application/json", "headers": {"Stripe-Signature": header}}
