"""What can never be entered is dealt with outside: it leaves finance's list, with a reason, and moves no money."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.accounts.worklist import todos_for
from core.errors import NotAllowed, NotNow, Stale
from core.payments import services
from core.payments.queries import events_with_errors, waiting_events
from tests.core.accounts.factories import UserFactory
from tests.core.payments.factories import ChargeFactory, CheckoutFactory, event_for
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db
WHY = "두 번째 결제를 카드사에서 환불함"


def problem(checkout=None, **said):
    row = services.store_event(event=event_for(checkout or CheckoutFactory(opened=True), **said))
    return services.process_event(event_pk=row.pk)


@pytest.fixture
def finance():
    return UserFactory(roles=["finance_staff"])


@pytest.mark.parametrize(
    "said",
    [{"currency": "usd"}, {"id": "cs_other", "client_reference_id": None}, {"amount_total": 1}],
)
def test_it_leaves_the_list_and_moves_nothing(ledger, finance, said, enqueued):
    event = problem(**said)
    error = event.error
    assert [row.pk for row in events_with_errors()] == [event.pk]
    done = services.set_event_aside(by=finance, event=event, reason=f" {WHY} ", expected_version=1)
    assert (done.result, done.processed_at is None, done.next_attempt_at) == (
        "dealt with outside",
        False,
        None,
    )
    assert done.error.startswith(error)
    assert finance.name in done.error
    assert done.error.endswith(WHY)
    assert not events_with_errors().exists()
    assert not waiting_events().exists()
    services.process_event(event_pk=event.pk)
    assert ledger == []


def test_a_second_payment_that_was_paid_back(ledger, finance, enqueued):
    first = CheckoutFactory(opened=True)
    problem(first, kind="checkout.session.expired")
    problem(CheckoutFactory(charge=first.charge, opened=True))
    services.set_event_aside(by=finance, event=problem(first), reason=WHY)
    assert not events_with_errors().exists()
    assert len(ledger) == 1


def test_it_is_done_once_and_by_a_fresh_page(ledger, finance, enqueued):
    event = problem(currency="usd")
    with pytest.raises(Stale):
        services.set_event_aside(by=finance, event=event, reason=WHY, expected_version=0)
    services.set_event_aside(by=finance, event=event, reason=WHY)
    with pytest.raises(NotNow):
        services.set_event_aside(by=finance, event=event, reason=WHY)
    with pytest.raises(NotNow):
        services.retry_event(by=finance, event=type(event).objects.get())


def test_it_needs_a_reason_and_a_problem(ledger, finance, enqueued):
    event = problem(currency="usd")
    with pytest.raises(ValidationError):
        services.set_event_aside(by=finance, event=event, reason="  ")
    waiting = services.store_event(event=event_for(CheckoutFactory(opened=True)))
    with pytest.raises(NotNow):
        services.set_event_aside(by=finance, event=waiting, reason=WHY)


@pytest.mark.parametrize("role", ["finance_approver", "auditor", "administrator", "programme_staff"])
def test_it_is_for_finance_staff(ledger, role, enqueued):
    event = problem(currency="usd")
    with pytest.raises(NotAllowed):
        services.set_event_aside(by=UserFactory(roles=[role]), event=event, reason=WHY)
    assert events_with_errors().exists()


def test_nobody_sets_a_payment_of_their_own_aside(ledger, finance, enqueued):
    event = problem(CheckoutFactory(charge=ChargeFactory(payer=finance), opened=True), currency="usd")
    with pytest.raises(NotAllowed):
        services.set_event_aside(by=finance, event=event, reason=WHY)


def test_the_button(client, ledger, enqueued):
    event = problem(currency="usd")
    finance = loans.finance()
    client.force_login(finance, backend="django.contrib.auth.backends.ModelBackend")
    assert [todo for todo in todos_for(finance) if todo.kind == "payment_problem"]
    page = reverse("payment_events:inspect", args=[event.pk])
    url = reverse("payment_events:act", args=[event.pk, "set-aside"])
    assert url in client.get(page).content.decode()
    assert client.post(url, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(url, {"version": 1, "reason": WHY}).status_code == 302
    body = client.get(page).content.decode()
    assert WHY in body
    assert url not in body
    assert not [todo for todo in todos_for(finance) if todo.kind == "payment_problem"]
    assert client.post(url, {"version": 2, "reason": WHY}).status_code == 409
    assert ledger == []
