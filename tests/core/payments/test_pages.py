import pytest
from django.urls import reverse

from core.payments import services
from core.payments.models import StripeEvent
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from tests.core.accounts.factories import UserFactory
from tests.core.payments.factories import ChargeFactory, CheckoutFactory, event_for

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def get(client, name, charge, **headers):
    client.force_login(charge.payer)
    return client.get(reverse(name, args=[charge.key]), headers=headers)


def test_while_the_page_is_prepared_we_wait(client, enqueued):
    charge = CheckoutFactory().charge
    whole, part = get(client, "payment_wait", charge), get(client, "payment_wait", charge, **HTMX)
    assert "hx-get" in whole.content.decode()
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()


def test_when_the_page_is_there_we_go(client, enqueued):
    checkout = CheckoutFactory(opened=True)
    assert get(client, "payment_wait", checkout.charge).url == checkout.url
    assert get(client, "payment_wait", checkout.charge, **HTMX)["HX-Redirect"] == checkout.url


@pytest.mark.parametrize("trait", ["failed", "expired"])
def test_after_a_failure_we_can_try_again(client, enqueued, trait):
    charge = CheckoutFactory(**{trait: True}).charge
    page = get(client, "payment_wait", charge).content.decode()
    assert "hx-get" not in page
    assert f'action="{reverse("payment_wait", args=[charge.key])}"' in page
    client.post(reverse("payment_wait", args=[charge.key]))
    client.post(reverse("payment_wait", args=[charge.key]))
    assert charge.checkouts.filter(state="preparing").count() == 1


def test_a_cancelled_charge_offers_no_payment(client):
    charge = ChargeFactory(cancelled=True)
    assert (
        "<form"
        not in get(client, "payment_wait", charge).content.decode().split("<main")[1].split("</main")[0]
    )
    assert client.post(reverse("payment_wait", args=[charge.key])).status_code == 409


def test_the_receipt_comes_with_the_message(client, ledger, enqueued):
    checkout = CheckoutFactory(opened=True)
    charge = checkout.charge
    assert charge.number not in get(client, "payment_done", charge).content.decode()
    services.process_event(event_pk=services.store_event(event=event_for(checkout)).pk)
    assert charge.number in get(client, "payment_done", charge).content.decode()
    assert charge.number in get(client, "payment_done", charge, **HTMX).content.decode()
    for name in ("payment_wait", "payment_cancelled"):
        assert get(client, name, charge).url == reverse("payment_done", args=[charge.key])
    assert get(client, "payment_wait", charge, **HTMX)["HX-Redirect"] == reverse(
        "payment_done", args=[charge.key]
    )


def test_a_refusal_after_the_page_is_said(client, enqueued):
    checkout = CheckoutFactory(opened=True)
    perform(checkout, "fail", by=SYSTEM, error="refused")
    assert "hx-get" not in get(client, "payment_done", checkout.charge).content.decode()


def test_stopping_tells_that_nothing_happened(client, enqueued):
    page = get(client, "payment_cancelled", CheckoutFactory(opened=True).charge).content.decode()
    assert "42,465" in page


def test_staff_process_an_event_again(client, ledger, enqueued):
    ledger.broken = True
    row = services.store_event(event=event_for(CheckoutFactory(opened=True)))
    services.process_event(event_pk=row.pk)
    client.force_login(
        UserFactory(roles=["finance_staff"]), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(reverse("payment_events:inspect", args=[row.pk])).content.decode()
    assert "the ledger is broken" in page
    retry = reverse("payment_events:act", args=[row.pk, "retry"])
    assert client.post(retry, {"version": 0}).status_code == 409
    ledger.broken = False
    assert client.post(retry, {"version": 1}).status_code == 302
    assert StripeEvent.objects.get().processed_at is not None
    assert retry not in client.get(reverse("payment_events:inspect", args=[row.pk])).content.decode()


@pytest.mark.parametrize("status", ["error", "waiting", "processed"])
def test_events_are_filtered_by_status(client, status, ledger, enqueued):
    checkout = CheckoutFactory(opened=True)
    rows = {
        "processed": event_for(checkout, event_id="evt_processed"),
        "error": event_for(checkout, event_id="evt_error", id="cs_other", client_reference_id=None),
        "waiting": event_for(checkout, event_id="evt_waiting"),
    }
    for name, event in rows.items():
        row = services.store_event(event=event)
        if name != "waiting":
            services.process_event(event_pk=row.pk)
    client.force_login(UserFactory(roles=["auditor"]), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse("payment_events:index"), {"status": status})
    assert [row.event_id for row in response.context["object_list"]] == [f"evt_{status}"]


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_of_charges_asks_the_same_of_any_number(
    client, rows, django_assert_max_num_queries, enqueued
):
    for _ in range(rows):
        ChargeFactory()
    client.force_login(UserFactory(roles=["auditor"]), backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("payment_charges:index"))
    with django_assert_max_num_queries(15):
        client.get(reverse("payment_charges:index"))
