"""From the click to the ledger: the site, the real library, the stand-in and its signed message."""

import time
import urllib.error
import urllib.request

import pytest
from django.urls import reverse

from core.payments import services
from core.payments.models import Charge, Checkout, StripeEvent
from tests.core.payments.factories import ChargeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def wait_for(condition, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def start(client):
    charge = ChargeFactory()
    client.force_login(charge.payer)
    wait = reverse("payment_wait", args=[charge.key])
    assert client.post(wait).status_code == 302
    return charge, client.get(wait)


def test_a_payment_from_the_click_to_the_receipt(stand_in_and_site, client, ledger):
    charge, response = start(client)
    page = response.url.removeprefix(stand_in_and_site.url)
    status, headers, _text = stand_in_and_site.open(f"{page}/pay", b"")
    done = reverse("payment_done", args=[charge.key])
    assert (status, headers["Location"].endswith(done)) == (303, True)
    assert wait_for(lambda: Charge.objects.get().state == "paid")
    stand_in_and_site.open(f"{page}/pay", b"")  # a second click
    assert len(ledger) == 1
    assert StripeEvent.objects.filter(kind="checkout.session.completed").count() == 1
    receipt = client.get(done).content.decode()
    assert charge.number in receipt
    assert "42,465" in receipt
    assert client.get(reverse("payment_cancelled", args=[charge.key])).url == done
    assert client.get(reverse("payment_wait", args=[charge.key])).url == done


def test_a_refused_card_leaves_the_charge_open(stand_in_and_site, client, ledger):
    charge, response = start(client)
    stand_in_and_site.open(f"{response.url.removeprefix(stand_in_and_site.url)}/fail", b"")
    assert wait_for(lambda: StripeEvent.objects.filter(processed_at__isnull=False).exists())
    charge.refresh_from_db()
    assert (charge.state, ledger) == ("open", [])


def test_a_cancelled_charge_closes_its_page(stand_in_and_site, client):
    charge, response = start(client)
    services.cancel_charge(charge=charge, by=charge.payer)
    page = stand_in_and_site.open(response.url.removeprefix(stand_in_and_site.url))[2]
    assert "결제 시간이 지났어요" in page
    assert Checkout.objects.get().state == "expired"


def test_the_message_comes_when_the_site_is_back(stand_in_and_site, client, ledger, settings):
    settings.STRIPE_WEBHOOK_SECRET = "whsec_changed"  # the site refuses every message
    charge, response = start(client)
    stand_in_and_site.open(f"{response.url.removeprefix(stand_in_and_site.url)}/pay", b"")
    assert not StripeEvent.objects.exists()
    page = client.get(reverse("payment_done", args=[charge.key])).content.decode()
    assert charge.number not in page
    settings.STRIPE_WEBHOOK_SECRET = "whsec_demo"
    assert wait_for(lambda: len(ledger) == 1)


def test_the_site_refuses_strangers(live_server):
    request = urllib.request.Request(f"{live_server.url}/payments/stripe/webhook/", data=b"{}")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 400
    refused.value.close()
