import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, NotNow
from core.payments import queries, services, stripe
from core.payments.models import Charge, Checkout
from core.payments.services import charges
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from tests.core.accounts.factories import BusinessFactory, UserFactory
from tests.core.payments.factories import ChargeFactory, CheckoutFactory

pytestmark = pytest.mark.django_db


def test_open_charge_gives_the_open_one_again():
    first = ChargeFactory()
    again = services.open_charge(
        by=first.payer,
        payer=first.payer,
        subject=first.subject,
        amount=first.amount,
        description="3회차 상환",
    )
    assert again == first


def test_open_charge_for_another_amount_closes_the_first_and_its_page(
    enqueued, django_capture_on_commit_callbacks
):
    first = CheckoutFactory(opened=True)
    with django_capture_on_commit_callbacks(execute=True):
        second = services.open_charge(
            by=first.charge.payer,
            payer=first.charge.payer,
            subject=first.charge.subject,
            amount=50,
            description="x",
        )
    first.refresh_from_db()
    first.charge.refresh_from_db()
    assert (second.state, first.charge.state, first.state) == ("open", "cancelled", "expired")
    assert ("core.payments.tasks.expire_checkout_session", first.stripe_session_id) in enqueued


def test_a_quicker_click_for_another_amount_is_a_conflict_and_no_error(monkeypatch):
    first = ChargeFactory()
    facts = {"by": first.payer, "payer": first.payer, "subject": first.subject}
    # the look was before the other click had committed
    real, looks = charges.open_charges_of, iter([Charge.objects.none()])
    monkeypatch.setattr(charges, "open_charges_of", lambda subject: next(looks, real(subject)))
    with pytest.raises(NotNow):
        services.open_charge(**facts, amount=first.amount + 1, description="x")
    assert services.open_charge(**facts, amount=first.amount, description=first.description) == first


def test_people_open_charges_for_themselves_only():
    with pytest.raises(NotAllowed):
        services.open_charge(
            by=UserFactory(), payer=UserFactory(), subject=BusinessFactory(), amount=1, description="x"
        )


@pytest.mark.parametrize("amount", [0, -1])
def test_open_charge_refuses_nothing_and_less(amount):
    with pytest.raises(ValidationError):
        ChargeFactory(amount=amount)


def test_double_click_on_pay_gives_one_checkout():
    first = CheckoutFactory()
    assert services.start_checkout(charge=first.charge, by=first.charge.payer) == first
    assert Checkout.objects.count() == 1


def test_a_failed_or_overdue_try_is_followed_by_a_new_one():
    failed = CheckoutFactory(failed=True)
    second = services.start_checkout(charge=failed.charge, by=failed.charge.payer)
    assert second != failed
    Checkout.objects.filter(pk=second.pk).update(expires_at=stripe.now())
    third = services.start_checkout(charge=failed.charge, by=failed.charge.payer)
    second.refresh_from_db()
    assert (second.state, third.state) == ("expired", "preparing")


def test_only_the_payer_starts_a_checkout():
    with pytest.raises(NotAllowed):
        services.start_checkout(charge=ChargeFactory(), by=UserFactory())


def test_a_cancelled_charge_takes_no_checkout():
    charge = ChargeFactory(cancelled=True)
    with pytest.raises(NotNow):
        services.start_checkout(charge=charge, by=charge.payer)


def test_without_keys_online_payment_is_off(settings):
    settings.STRIPE_SECRET_KEY = ""
    charge = ChargeFactory()
    assert not services.is_online_payment_available()
    with pytest.raises(NotNow, match=r"이체|transfer"):
        services.start_checkout(charge=charge, by=charge.payer)


def _session(**_inputs):
    return stripe.Session("cs_test_1", "https://pay.example/1", stripe.now() + stripe.SESSION_LIFE)


def test_prepare_checkout_keeps_the_page(monkeypatch):
    monkeypatch.setattr(stripe, "create_session", _session)
    checkout = CheckoutFactory()
    services.prepare_checkout(checkout_id=checkout.pk)
    services.prepare_checkout(checkout_id=checkout.pk)
    checkout.refresh_from_db()
    assert (checkout.state, checkout.url, checkout.version) == ("open", "https://pay.example/1", 1)


def test_a_refusal_is_shown_on_the_try(monkeypatch):
    def refuse(**_inputs):
        raise stripe.PaymentServiceRefused("no such account")

    monkeypatch.setattr(stripe, "create_session", refuse)
    checkout = CheckoutFactory()
    services.prepare_checkout(checkout_id=checkout.pk)
    checkout.refresh_from_db()
    assert (checkout.state, checkout.error) == ("failed", "no such account")


def test_a_page_that_came_too_late_is_closed_again(monkeypatch):
    checkout = CheckoutFactory()
    closed = []

    def slow(**_inputs):
        services.cancel_charge(charge=checkout.charge, by=SYSTEM)
        return _session()

    monkeypatch.setattr(stripe, "create_session", slow)
    monkeypatch.setattr(stripe, "expire_session", closed.append)
    services.prepare_checkout(checkout_id=checkout.pk)
    assert closed == ["cs_test_1"]


def test_a_service_that_is_down_fails_the_try_in_the_end(monkeypatch):
    from core.payments import tasks

    def down(**_inputs):
        raise stripe.PaymentServiceDown("no answer")

    monkeypatch.setattr(stripe, "create_session", down)
    checkout = CheckoutFactory()
    tasks.create_checkout_session.push_request(retries=4)
    try:
        tasks.create_checkout_session.run(checkout.pk)
    finally:
        tasks.create_checkout_session.pop_request()
    checkout.refresh_from_db()
    assert checkout.state == "failed"


def test_a_try_that_a_lost_worker_left_is_found_by_the_beat(enqueued):
    from datetime import timedelta

    from core.payments import tasks

    checkout = CheckoutFactory()
    tasks.process_waiting_events()
    assert enqueued == []
    Checkout.objects.filter(pk=checkout.pk).update(created_at=checkout.created_at - timedelta(minutes=2))
    tasks.process_waiting_events()
    assert enqueued == [("core.payments.tasks.create_checkout_session", checkout.pk)]


def test_a_paid_charge_is_not_paid_again():
    from core import clock

    charge = ChargeFactory()
    inputs = {"at": clock.now(), "received_on": clock.today(), "amount": charge.amount}
    perform(charge, "mark_paid", by=SYSTEM, **inputs)
    with pytest.raises(NotNow):
        perform(charge, "mark_paid", by=SYSTEM, **inputs)


def test_no_person_marks_a_charge_paid():
    from core import clock

    charge = ChargeFactory()
    with pytest.raises(NotAllowed):
        perform(charge, "mark_paid", by=charge.payer, at=clock.now(), received_on=clock.today(), amount=1)


def test_charges_are_seen_by_their_payer_only():
    charge = ChargeFactory()
    assert queries.charges_for(charge.payer).get() == charge
    assert not queries.charges_for(UserFactory()).exists()
    assert Charge.objects.count() == 1
