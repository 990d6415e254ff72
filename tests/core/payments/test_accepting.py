"""More or less came in than was asked: staff are told, and finance enters what came, with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.accounts.worklist import todos_for
from core.errors import NotAllowed, NotNow, Stale
from core.payments import services
from core.payments.models import Charge, StripeEvent
from core.payments.queries import amount_to_accept
from loans.models import LedgerEntry
from tests.core.accounts.factories import UserFactory
from tests.core.payments.factories import ChargeFactory, CheckoutFactory, event_for
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db
WHY = "카드사 할인으로 적게 들어옴"


def parked(checkout=None, **said):
    checkout = checkout or CheckoutFactory(opened=True)
    row = services.store_event(event=event_for(checkout, **{"amount_total": 40_000, **said}))
    return services.process_event(event_pk=row.pk), checkout.charge


@pytest.fixture
def finance():
    return UserFactory(roles=["finance_staff"])


def test_finance_enters_what_came_in(ledger, finance, enqueued):
    event, charge = parked()
    assert (event.error, ledger, amount_to_accept(event)) == (event.error, [], 40_000)
    done = services.accept_payment(by=finance, event=event, reason=f" {WHY} ", expected_version=1)
    charge.refresh_from_db()
    assert (charge.state, charge.amount, charge.received_amount) == ("paid", 42_465, 40_000)
    assert (done.error, done.result, done.processed_at is None) == ("", "recorded", False)
    [money] = ledger
    assert (money["amount"], money["by"], money["payment_key"]) == (40_000, finance, f"card:{charge.key}")
    change = charge.history().first()
    assert (change.transition, change.by, change.reason) == ("mark_paid", finance, WHY)
    assert charge.checkouts.get().state == "complete"


def test_it_counts_once(ledger, finance, enqueued):
    event, _charge = parked()
    services.accept_payment(by=finance, event=event, reason=WHY)
    with pytest.raises(NotNow):
        services.accept_payment(by=finance, event=event, reason=WHY)
    services.process_event(event_pk=event.pk)
    assert len(ledger) == 1


def test_a_page_that_is_too_old_changes_nothing(ledger, finance, enqueued):
    event, _charge = parked()
    with pytest.raises(Stale):
        services.accept_payment(by=finance, event=event, reason=WHY, expected_version=0)
    assert ledger == []


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_needs_a_reason(ledger, finance, reason, enqueued):
    event, _charge = parked()
    with pytest.raises(ValidationError):
        services.accept_payment(by=finance, event=event, reason=reason)
    assert ledger == []


@pytest.mark.parametrize("role", ["finance_approver", "auditor", "administrator", "programme_staff"])
def test_it_is_for_finance_staff(ledger, role, enqueued):
    event, _charge = parked()
    with pytest.raises(NotAllowed):
        services.accept_payment(by=UserFactory(roles=[role]), event=event, reason=WHY)
    assert ledger == []


def test_nobody_accepts_a_payment_of_their_own(ledger, finance, enqueued):
    event, _charge = parked(CheckoutFactory(charge=ChargeFactory(payer=finance), opened=True))
    with pytest.raises(NotAllowed):
        services.accept_payment(by=finance, event=event, reason=WHY)
    assert ledger == []


@pytest.mark.parametrize(
    "said",
    [
        {"currency": "usd"},
        {"payment_status": "no_payment_required"},
        {"amount_total": 0},
        {"amount_total": -5},
        {"amount_total": "40000"},
        {"amount_total": True},
        {"id": "cs_other", "client_reference_id": None},
        {"kind": "checkout.session.expired"},
    ],
)
def test_only_another_amount_can_be_accepted(ledger, finance, said, enqueued):
    event, charge = parked(**said)
    StripeEvent.objects.filter(pk=event.pk).update(processed_at=None)
    event.refresh_from_db()
    assert amount_to_accept(event) is None
    with pytest.raises(NotNow):
        services.accept_payment(by=finance, event=event, reason=WHY)
    charge.refresh_from_db()
    assert (charge.state, ledger) == ("open", [])


def test_the_exact_amount_needs_no_acceptance(ledger, finance, enqueued):
    ledger.broken = True
    event, _charge = parked(amount_total=42_465)
    assert amount_to_accept(event) is None


def test_a_charge_that_is_paid_takes_nothing_more(ledger, finance, enqueued):
    checkout = CheckoutFactory(opened=True)
    parked(checkout, amount_total=42_465)
    event, _charge = parked(checkout)
    assert amount_to_accept(event) is None
    with pytest.raises(NotNow):
        services.accept_payment(by=finance, event=event, reason=WHY)
    assert len(ledger) == 1


def test_a_ledger_that_fails_leaves_all_as_it_was(ledger, finance, enqueued):
    event, charge = parked()
    ledger.broken = True
    with pytest.raises(RuntimeError):
        services.accept_payment(by=finance, event=event, reason=WHY)
    charge.refresh_from_db()
    event.refresh_from_db()
    assert (charge.state, event.processed_at, event.attempts) == ("open", None, 1)


def test_two_clicks_in_the_office(client, enqueued):
    loan = loans.loan("active")
    charge = services.open_charge(
        by=loan.borrower, payer=loan.borrower, subject=loan, amount=50_000, description="3회차 상환"
    )
    event, _charge = parked(CheckoutFactory(charge=charge, opened=True))
    finance = loans.finance()
    client.force_login(finance, backend="django.contrib.auth.backends.ModelBackend")
    [todo] = [todo for todo in todos_for(finance) if todo.kind == "payment_problem"]
    assert event.kind in client.get(todo.url).content.decode()
    page = reverse("payment_events:inspect", args=[event.pk])
    url = reverse("payment_events:act", args=[event.pk, "accept"])
    assert url in client.get(page).content.decode()
    assert client.post(url, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(url, {"version": 1, "reason": WHY}).status_code == 302
    entry = LedgerEntry.objects.get(payment_key=charge.payment_key)
    assert (entry.amount, entry.loan_id, entry.recorded_by) == (40_000, loan.pk, finance)
    assert url not in client.get(page).content.decode()
    assert WHY in client.get(reverse("payment_charges:inspect", args=[charge.pk])).content.decode()
    assert not [todo for todo in todos_for(finance) if todo.kind == "payment_problem"]
    assert Charge.objects.get().state == "paid"


def test_the_button_is_not_for_those_who_only_read(client, ledger, enqueued):
    event, _charge = parked()
    client.force_login(UserFactory(roles=["auditor"]), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("payment_events:inspect", args=[event.pk])).content.decode()
    assert reverse("payment_events:act", args=[event.pk, "accept"]) not in page
    assert not [todo for todo in todos_for(UserFactory(roles=["auditor"])) if todo.kind == "payment_problem"]
