"""Ten at once, against a real server: SQLite has one writer and cannot show this."""

import threading

import pytest
from django.db import connection, connections

from core.errors import NotNow
from core.payments import queries, services
from core.payments.models import Charge, Checkout
from core.payments.services import events
from core.workflow import perform as door
from tests.core.accounts.factories import BusinessFactory, UserFactory
from tests.core.payments.factories import BankDepositFactory, ChargeFactory, CheckoutFactory, event_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT_ONCE = 10


@pytest.fixture(autouse=True)
def _on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs row locks")


def at_once(call):
    """Run ``call(number)`` in ten threads that start together; what it raised, if anything."""
    start, errors = threading.Barrier(AT_ONCE), []

    def run(number):
        try:
            start.wait(timeout=10)
            call(number)
        except Exception as error:  # noqa: BLE001 — looked at by the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return errors


def deliver(event):
    row = services.store_event(event=event)
    services.process_event(event_pk=row.pk)


def test_ten_identical_messages_count_once(ledger, enqueued):
    event = event_for(CheckoutFactory(opened=True))
    assert at_once(lambda number: deliver(event)) == []
    assert len(ledger) == 1
    assert Charge.objects.get().state == "paid"


def different_messages():
    checkout = CheckoutFactory(opened=True)
    return [event_for(checkout) for _ in range(AT_ONCE)]


def test_ten_different_messages_about_one_payment_count_once(ledger, enqueued):
    messages = different_messages()
    assert at_once(lambda number: deliver(messages[number])) == []
    assert len(ledger) == 1
    assert not queries.events_with_errors().exists()


def test_without_the_locks_most_of_them_fail(ledger, enqueued, monkeypatch):
    """The negative control: the test above can fail. The history's unique version is the last line of defence."""
    meeting = threading.Barrier(AT_ONCE)

    def read_without_lock(obj):
        row = type(obj)._base_manager.get(pk=obj.pk)
        if isinstance(row, Charge) and row.state == Charge.State.OPEN:
            meeting.wait(timeout=5)
        return row

    monkeypatch.setattr(events, "lock", read_without_lock)
    monkeypatch.setattr(door, "lock", read_without_lock)
    messages = different_messages()
    at_once(lambda number: deliver(messages[number]))
    assert queries.events_with_errors().exists()
    assert len(ledger) <= 1


def test_ten_clicks_on_pay_open_one_page(enqueued):
    charge = ChargeFactory()
    assert at_once(lambda number: services.start_checkout(charge=charge, by=charge.payer)) == []
    assert Checkout.objects.count() == 1


def test_ten_clicks_on_the_loan_open_one_charge(enqueued):
    first = ChargeFactory()
    facts = {"by": first.payer, "payer": first.payer, "subject": first.subject}
    assert at_once(lambda number: services.open_charge(**facts, amount=7, description="x")) == []
    assert sorted(Charge.objects.values_list("state", flat=True)) == ["cancelled", "open"]


def test_ten_clicks_for_ten_amounts_open_one_charge_and_no_error_page(enqueued):
    payer, subject = UserFactory(), BusinessFactory()
    facts = {"by": payer, "payer": payer, "subject": subject, "description": "x"}
    errors = at_once(lambda number: services.open_charge(**facts, amount=number + 1))
    assert {type(error) for error in errors} <= {NotNow}
    assert Charge.objects.filter(state="open").count() == 1


def test_ten_sendings_of_a_form_give_one_deposit(ledger, enqueued):
    from uuid import uuid4

    from core import clock
    from core.payments.models import BankDeposit

    facts = {
        "by": UserFactory(roles=["finance_staff"]),
        "subject": BusinessFactory(),
        "deposited_on": clock.today(),
        "token": uuid4(),
    }
    assert at_once(lambda number: BankDepositFactory(**facts)) == []
    assert (BankDeposit.objects.count(), len(ledger)) == (1, 1)
