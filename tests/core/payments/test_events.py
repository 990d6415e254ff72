"""What Stripe says, good and bad: recorded once, or kept with its error; never lost."""

import json
import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.errors import NotAllowed, NotNow, Stale
from core.payments import queries, services, tasks
from core.payments.models import StripeEvent
from tests.core.accounts.factories import UserFactory
from tests.core.payments.factories import ChargeFactory, CheckoutFactory, event_for, signed, signed_text

pytestmark = pytest.mark.django_db
WEBHOOK = "/payments/stripe/webhook/"


def _process(event):
    row = services.store_event(event=event)
    return services.process_event(event_pk=row.pk)


# ── the door ────────────────────────────────────────────────────────────────
def test_webhook_url_is_the_one_that_stripe_is_told():
    assert reverse("stripe_webhook") == WEBHOOK


def test_webhook_stores_answers_and_enqueues(client, enqueued, django_capture_on_commit_callbacks):
    event = event_for(CheckoutFactory(opened=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(WEBHOOK, **signed(event)).status_code == 200
    row = StripeEvent.objects.get()
    assert (row.event_id, row.payload, row.processed_at) == (event["id"], event, None)
    assert enqueued == [("core.payments.tasks.process_event", row.pk)]


def test_webhook_refuses_what_stripe_did_not_sign(client):
    event = event_for(CheckoutFactory(opened=True))
    good = signed(event)
    cases = {
        "wrong secret": signed(event, secret="whsec_other"),
        "too old": signed(event, moment=int(time.time()) - 301),
        "changed": {**good, "data": good["data"].replace("42465", "1")},
        "no header": {**good, "headers": {}},
        "nonsense header": {**good, "headers": {"Stripe-Signature": "t=,v1="}},
        "not utf-8": {**good, "data": b"\xff\xfe"},
    }
    for name, request in cases.items():
        assert client.post(WEBHOOK, **request).status_code == 400, name
    assert not StripeEvent.objects.exists()


@pytest.mark.parametrize(
    "body", ["[]", '"x"', "{}", '{"object": "event"}', "{", "[" * 200_000, '{"data":' * 100_000, "9" * 5000]
)
def test_webhook_refuses_a_signed_body_that_is_no_event(client, body):
    assert client.post(WEBHOOK, **signed_text(body)).status_code == 400


ODD = [
    {"created": "abc"},
    {"created": -1e18},
    {"created": 10**12},
    {"created": -1},
    {"created": 1.5},
    {"created": True},
    {"created": None},
    {"id": ["evt_1"]},
    {"id": 1},
    {"id": "evt_" + "x" * 400},
    {"id": "evt_\x00"},
    {"id": "evt_\ud800"},
    {"id": ""},
    {"type": None},
    {"type": ["checkout.session.completed"]},
    {"type": "checkout.\x00"},
    {"type": "x" * 101},
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:40])
def test_webhook_refuses_a_signed_event_that_stripe_would_not_send(client, odd):
    event = event_for(CheckoutFactory(opened=True)) | odd
    assert client.post(WEBHOOK, **signed(event)).status_code == 400
    assert not StripeEvent.objects.exists()


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity", "-Infinity", "9" * 5000])
@pytest.mark.parametrize("name", ["created", "amount_total"])
def test_webhook_refuses_a_number_that_is_none(client, name, number):
    body = json.dumps(event_for(CheckoutFactory(opened=True), amount_total=12_345, created=12_345))
    known = f'"{name}": 12345'
    assert known in body
    assert client.post(WEBHOOK, **signed_text(body.replace(known, f'"{name}": {number}'))).status_code == 400
    assert not StripeEvent.objects.exists()


@pytest.mark.parametrize("created", [1, 1234567890, 2**32 - 1])
def test_webhook_takes_every_moment_that_can_be(client, created):
    event = event_for(CheckoutFactory(opened=True), created=created)
    assert client.post(WEBHOOK, **signed(event)).status_code == 200
    assert StripeEvent.objects.get().payload["created"] == created


def test_webhook_refuses_more_than_a_megabyte(client):
    response = client.post(WEBHOOK, data=b"x" * (1024 * 1024 + 1), content_type="application/json")
    assert response.status_code == 413


def test_webhook_takes_no_get(client):
    assert client.get(WEBHOOK).status_code == 405


def test_webhook_without_keys_is_not_there(client, settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert client.post(WEBHOOK, data="{}", content_type="application/json").status_code == 404


def test_webhook_answers_when_the_broker_is_down(client, monkeypatch, django_capture_on_commit_callbacks):
    def broken(*_args, **_options):
        raise ConnectionError

    monkeypatch.setattr("celery.app.task.Task.apply_async", broken)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(WEBHOOK, **signed(event_for(CheckoutFactory(opened=True))))
    assert response.status_code == 200
    assert queries.waiting_events().count() == 1


# ── good news ───────────────────────────────────────────────────────────────
def test_paid_marks_the_charge_and_tells_the_subject_once(ledger):
    checkout = CheckoutFactory(opened=True)
    event = event_for(checkout)
    for _delivery in range(3):
        row = _process(event)
    again = _process(event_for(checkout))  # the same news under another id
    charge = checkout.charge
    charge.refresh_from_db()
    checkout.refresh_from_db()
    assert (charge.state, charge.received_amount, checkout.state) == ("paid", 42_465, "complete")
    assert (row.attempts, row.error, again.result) == (1, "", "already recorded")
    [money] = ledger
    assert (money["amount"], money["source"], money["payment_key"]) == (42_465, "card", f"card:{charge.key}")
    assert (money["subject"], money["received_on"]) == (charge.subject, clock.today())


def test_the_day_that_counts_is_the_day_of_the_payment(ledger):
    checkout = CheckoutFactory(opened=True)
    two_days_ago = timezone.now() - timedelta(days=2)
    _process(event_for(checkout, created=two_days_ago.timestamp()))
    assert ledger[0]["received_on"] == timezone.localdate(two_days_ago)


def test_money_on_its_way_counts_when_it_has_come(ledger):
    checkout = CheckoutFactory(opened=True)
    _process(event_for(checkout, payment_status="unpaid"))
    assert ledger == []
    _process(event_for(checkout, "checkout.session.async_payment_succeeded"))
    assert len(ledger) == 1


def test_news_that_is_quicker_than_our_note_of_the_session(ledger):
    checkout = CheckoutFactory()  # still preparing: the worker has not written the session's id
    event = event_for(checkout, id="cs_test_quick")
    assert _process(event).result == "recorded"
    checkout.refresh_from_db()
    assert (checkout.state, checkout.stripe_session_id) == ("complete", "cs_test_quick")


def test_a_charge_that_was_cancelled_meanwhile_is_still_paid(ledger):
    checkout = CheckoutFactory(opened=True)
    services.cancel_charge(charge=checkout.charge, by=checkout.charge.payer)
    assert _process(event_for(checkout)).result == "recorded"
    assert len(ledger) == 1


def test_payment_on_an_older_page_closes_the_newer_one(ledger):
    old = CheckoutFactory(opened=True)
    from core.workflow.actors import SYSTEM
    from core.workflow.perform import perform

    perform(old, "expire", by=SYSTEM)
    newer = CheckoutFactory(charge=old.charge, opened=True)
    _process(event_for(old))
    newer.refresh_from_db()
    assert newer.state == "expired"
    assert len(ledger) == 1


# ── bad news, and news in the wrong order ───────────────────────────────────
@pytest.mark.parametrize(
    ("kind", "state"),
    [("checkout.session.expired", "expired"), ("checkout.session.async_payment_failed", "failed")],
)
def test_a_try_that_ended_is_noted(kind, state):
    checkout = CheckoutFactory(opened=True)
    assert _process(event_for(checkout, kind, payment_status="unpaid")).result == "noted"
    checkout.refresh_from_db()
    assert checkout.state == state


def test_expired_after_paid_changes_nothing(ledger):
    checkout = CheckoutFactory(opened=True)
    _process(event_for(checkout))
    late = _process(event_for(checkout, "checkout.session.expired"))
    checkout.refresh_from_db()
    assert (checkout.state, late.processed_at is not None) == ("complete", True)


def test_paid_after_expired_counts(ledger):
    checkout = CheckoutFactory(opened=True)
    _process(event_for(checkout, "checkout.session.expired"))
    _process(event_for(checkout))
    assert len(ledger) == 1


def test_other_kinds_are_kept_and_done(ledger):
    row = _process(event_for(CheckoutFactory(opened=True), "payment_intent.payment_failed"))
    assert row.processed_at is not None
    assert ledger == []


@pytest.mark.parametrize(
    "lie",
    [
        {"amount_total": 42_464},
        {"amount_total": 4_246_500},
        {"amount_total": None},
        {"amount_total": "42465"},
        {"currency": "usd"},
        {"currency": None},
        {"payment_status": "no_payment_required"},
        {"id": "cs_other", "client_reference_id": "3f6b7a54-0000-4000-8000-000000000000"},
        {"id": "cs_other", "client_reference_id": None},
        {"id": "cs_other", "client_reference_id": "' OR 1=1"},
    ],
)
def test_what_does_not_fit_is_kept_with_its_error(ledger, lie):
    checkout = CheckoutFactory(opened=True)
    row = _process(event_for(checkout, **lie))
    checkout.charge.refresh_from_db()
    assert row.error
    assert row.processed_at is None
    assert row in queries.events_with_errors()
    assert (checkout.charge.state, ledger) == ("open", [])


def test_a_second_payment_of_a_paid_charge_is_an_error_for_staff(ledger):
    first = CheckoutFactory(opened=True)
    _process(event_for(first, "checkout.session.expired"))
    second = CheckoutFactory(charge=first.charge, opened=True)
    _process(event_for(second))
    twice = _process(event_for(first))
    assert twice.error
    assert len(ledger) == 1


def test_a_payment_that_nobody_notes_is_an_error():
    row = _process(event_for(CheckoutFactory(opened=True)))
    assert row.error
    assert row.processed_at is None


def test_a_receiver_that_fails_leaves_all_as_it_was_and_is_tried_again(ledger):
    checkout = CheckoutFactory(opened=True)
    ledger.broken = True
    row = _process(event_for(checkout))
    checkout.charge.refresh_from_db()
    assert (row.error, row.attempts, checkout.charge.state) == ("the ledger is broken", 1, "open")
    ledger.broken = False
    tasks.process_waiting_events()  # not yet due
    assert ledger == []
    StripeEvent.objects.update(next_attempt_at=clock.now())
    tasks.process_waiting_events()
    row.refresh_from_db()
    assert (len(ledger), row.error, row.attempts) == (1, "", 2)


def test_the_platform_gives_up_after_some_attempts_and_staff_do_not(ledger):
    ledger.broken = True
    row = _process(event_for(CheckoutFactory(opened=True)))
    StripeEvent.objects.update(attempts=StripeEvent.MAX_ATTEMPTS, next_attempt_at=clock.now())
    assert not queries.waiting_events().exists()
    ledger.broken = False
    row.refresh_from_db()
    services.retry_event(by=UserFactory(roles=["finance_staff"]), event=row)
    assert len(ledger) == 1


def test_an_event_that_a_lost_worker_left_is_found_by_the_beat(ledger):
    services.store_event(event=event_for(CheckoutFactory(opened=True)))
    tasks.process_waiting_events()
    tasks.process_waiting_events()
    assert len(ledger) == 1


# ── staff ───────────────────────────────────────────────────────────────────
def test_retry_is_for_those_who_work_with_money(ledger):
    ledger.broken = True
    row = _process(event_for(CheckoutFactory(opened=True)))
    for role in ["auditor", "programme_staff", "administrator", "mentor"]:
        with pytest.raises(NotAllowed):
            services.retry_event(by=UserFactory(roles=[role]), event=row)
    finance = UserFactory(roles=["finance_staff"])
    with pytest.raises(Stale):
        services.retry_event(by=finance, event=row, expected_version=0)
    ledger.broken = False
    done = services.retry_event(by=finance, event=row, expected_version=1)
    with pytest.raises(NotNow):
        services.retry_event(by=finance, event=done)


def test_a_charge_knows_its_number():
    charge = ChargeFactory()
    assert charge.number == f"P-{str(charge.key)[:8].upper()}"
