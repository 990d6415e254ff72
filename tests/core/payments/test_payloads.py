"""Of what Stripe says, only what is needed is kept, and that for some time only."""

import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from config.celery import SCHEDULE
from core import clock
from core.payments import services, tasks
from core.payments.models import StripeEvent
from tests.core.payments.factories import CheckoutFactory, event_for, signed

pytestmark = pytest.mark.django_db
SHAPES = json.loads((Path(__file__).parents[2] / "demo" / "stripe_shapes.json").read_text("utf-8"))
PERSON = {
    "customer_details": {"email": "kim@example.com", "name": "김용산", "phone": "010-1234-5678"},
    "customer_email": "kim@example.com",
    "collected_information": {"shipping_details": {"name": "김용산", "address": {"line1": "청파로 77"}}},
    "custom_fields": [{"text": {"value": "김용산"}}],
    "metadata": {"name": "김용산"},
    "payment_intent": {"id": "pi_1", "receipt_email": "kim@example.com"},
    "url": "https://pay.example/c#fidkim@example.com",
}
CHARGE = {
    "id": "ch_1",
    "object": "charge",
    "amount": 42_465,
    "billing_details": {"name": "김용산", "email": "kim@example.com"},
    "payment_method_details": {"card": {"last4": "4242"}},
    "receipt_email": "kim@example.com",
    "receipt_url": "https://pay.example/receipts/kim@example.com",
    "description": "김용산",
}
SECRETS = ("kim@example.com", "김용산", "010-1234-5678", "4242", "청파로")


def text_of(row):
    row.refresh_from_db()
    return json.dumps(row.payload, ensure_ascii=False)


def test_the_door_lets_no_personal_data_in(client, ledger, enqueued):
    event = event_for(CheckoutFactory(opened=True), **PERSON)
    assert client.post("/payments/stripe/webhook/", **signed(event)).status_code == 200
    row = StripeEvent.objects.get()
    assert not [secret for secret in SECRETS if secret in text_of(row)]
    assert services.process_event(event_pk=row.pk).result == "recorded"
    assert [money["amount"] for money in ledger] == [42_465]


def test_nor_with_other_kinds_of_messages():
    event = {"id": "evt_c", "object": "event", "type": "charge.succeeded", "data": {"object": CHARGE}}
    row = services.store_event(event=event)
    assert not [secret for secret in SECRETS if secret in text_of(row)]
    assert row.payload["data"]["object"] == {"id": "ch_1", "object": "charge", "amount": 42_465}


@pytest.mark.parametrize("kind", sorted(SHAPES["resources"]))
def test_nothing_nested_is_kept_of_any_shape(kind):
    event = {"id": f"evt_{kind}", "object": "event", "type": kind}
    row = services.store_event(event=event | {"data": {"object": SHAPES["resources"][kind]}})
    values = row.payload["data"]["object"].values()
    assert values
    assert not [value for value in values if isinstance(value, dict | list)]


@pytest.mark.parametrize("data", [None, [], "x", {}, {"object": None}, {"object": []}])
def test_a_message_about_nothing_is_kept_as_an_error(data):
    event = {"id": "evt_odd", "object": "event", "type": "checkout.session.completed", "data": data}
    row = services.store_event(event=event)
    assert services.process_event(event_pk=row.pk).error


@pytest.mark.parametrize("value", ["ch\x00", "ch\ud800", float("inf"), float("-inf"), float("nan")])
def test_what_the_database_cannot_hold_is_left_out(value):
    event = {"id": "evt_nul", "object": "event", "type": "charge.succeeded"}
    row = services.store_event(event=event | {"data": {"object": {"id": value, "amount": 1}}})
    assert row.payload["data"]["object"] == {"amount": 1}


def test_old_contents_are_emptied_and_the_event_still_counts_once(ledger, settings):
    settings.STRIPE_PAYLOAD_DAYS = 90
    event = event_for(CheckoutFactory(opened=True))
    row = services.store_event(event=event)
    services.process_event(event_pk=row.pk)
    recent, waiting = (services.store_event(event=event_for(CheckoutFactory(opened=True))) for _ in range(2))
    services.process_event(event_pk=recent.pk)
    old = clock.now() - timedelta(days=91)
    StripeEvent.objects.exclude(pk=recent.pk).update(received_at=old)
    StripeEvent.objects.filter(pk=row.pk).update(processed_at=old)
    assert [tasks.forget_payloads(), tasks.forget_payloads()] == [1, 0]
    assert text_of(row) == "{}"
    assert text_of(recent) != "{}"
    assert text_of(waiting) != "{}"
    again = services.process_event(event_pk=services.store_event(event=event).pk)
    assert (again.pk, len(ledger)) == (row.pk, 2)


def test_it_happens_every_night():
    assert "core.payments.tasks.forget_payloads" in {entry["task"] for entry in SCHEDULE.values()}


def test_what_was_stored_before_is_cut_down_too():
    event = event_for(CheckoutFactory(opened=True))
    row = services.store_event(event=event)
    StripeEvent.objects.update(payload=event | {"data": {"object": event["data"]["object"] | PERSON}})
    odd = services.store_event(event=event_for(CheckoutFactory(opened=True)))
    StripeEvent.objects.filter(pk=odd.pk).update(payload=["x"])
    import_module("core.payments.migrations.0002_keep_less_of_events").cut_down(apps, None)
    row.refresh_from_db()
    assert row.payload == event
    assert text_of(odd) == "{}"
