"""Nobody is asked for what is no longer owed, and what is paid for it all the same is held, never lost."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from core import clock
from core.payments import services as payments
from core.payments.models import Charge, Checkout
from core.payments.services import checkouts
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from loans.engine import Component
from loans.queries.loans import ledger_lines
from loans.queries.payments import payment_offers
from loans.queries.proof import differences
from loans.services.collection import waive
from loans.services.ledger import book
from loans.services.repayments import record_deposit, request_payment
from tests.core.payments.factories import event_for
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
DUE = 42_465  # 31 days of 50,000,000 at 1 %


@pytest.fixture(autouse=True)
def travel(monkeypatch):
    """Online payment is on; the clock moves to midday of a day."""
    monkeypatch.setattr(checkouts, "is_online_payment_available", lambda: True)
    with time_machine.travel(f.noon("2025-03-04"), tick=False) as traveller:
        yield lambda day: traveller.move_to(f.noon(day))


@pytest.fixture
def closed(monkeypatch):
    """The sessions whose page a task was asked to close."""
    found = []
    monkeypatch.setattr(checkouts, "_close", found.append)
    return found


@pytest.fixture
def due(travel):
    """A loan on the first due date."""
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-04")
    return loan


@pytest.fixture
def ahead(travel):
    """The same of a product that repays principal with what is paid too much."""
    product = f.product_with_conditions(code="ahead", prepaying="shorten")
    loan = f.loan(on=date(2025, 3, 4), product=product)
    travel("2025-04-04")
    return loan


def open_page(loan, kind="due"):
    """The hosted page on which the borrower pays."""
    offer = next(offer for offer in payment_offers(loan, clock.today()) if offer.kind == kind)
    checkout = request_payment(by=loan.borrower, loan=loan, kind=kind, shown_amount=offer.amount)
    return perform(
        checkout,
        "open",
        by=SYSTEM,
        session_id=f"cs_{checkout.pk}",
        url="https://pay.example/c",
        expires_at=checkout.expires_at,
    )


def deposit(loan, amount):
    return record_deposit(
        by=f.finance(),
        loan=loan,
        token=uuid4(),
        amount=amount,
        deposited_on=clock.today(),
        payer_name="데모상점",
    )


def paid(checkout):
    row = payments.store_event(event=event_for(checkout))
    return payments.process_event(event_pk=row.pk)


@pytest.mark.parametrize("amount", [DUE, 1])
def test_a_deposit_withdraws_what_is_not_owed_any_more_and_closes_its_page(due, closed, amount):
    page = open_page(due)
    assert page.charge.amount == DUE
    deposit(due, amount)
    charge = Charge.objects.get()
    assert charge.state == Charge.State.CANCELLED
    assert charge.history().first().reason
    page.refresh_from_db()
    assert page.state == Checkout.State.EXPIRED
    assert closed == [page.stripe_session_id]


def test_a_waiver_does_so_too(due, closed):
    open_page(due)
    waive(by=f.finance(), loan=due, component=Component.INTEREST, amount=DUE, instalment=1, note="감면")
    assert Charge.objects.get().state == Charge.State.CANCELLED
    assert len(closed) == 1


def test_what_is_still_owed_stays_open(due, closed):
    page = open_page(due)
    deposit(f.loan(), 1_000)  # of somebody else
    book(due, "rate_change", value_date=clock.today(), by=SYSTEM, data={"annual_rate": "0.01"})
    assert Charge.objects.get(pk=page.charge_id).state == Charge.State.OPEN
    assert closed == []


def test_the_payment_itself_withdraws_nothing(due, closed):
    page = open_page(due)
    assert paid(page).result == "recorded"
    page.charge.refresh_from_db()
    assert (page.charge.state, closed) == ("paid", [])


def test_what_still_comes_in_is_held(due, closed):
    page = open_page(due)
    deposit(due, DUE)
    assert paid(page).result == "recorded"
    due.refresh_from_db()
    assert (due.balance, due.unapplied, due.interest_due) == (50_000_000, DUE, 0)
    assert sum(line.held for line in ledger_lines(due, clock.today())) == DUE
    assert list(differences()) == []


def test_what_still_comes_in_repays_nothing_ahead(ahead, closed, travel):
    page = open_page(ahead)
    deposit(ahead, DUE)
    travel("2025-04-05")
    assert paid(page).result == "recorded"
    ahead.refresh_from_db()
    assert (ahead.balance, ahead.unapplied) == (50_000_000, DUE)
    last = ledger_lines(ahead, clock.today())[-1]
    assert (last.entry.source, last.principal, last.held) == ("card", 0, DUE)


def test_what_was_asked_for_follows_the_product(ahead):
    """The control for the test above: the same money, asked for, repays principal."""
    deposit(ahead, 2 * DUE)
    ahead.refresh_from_db()
    assert (ahead.balance, ahead.unapplied) == (50_000_000 - DUE, 0)


def test_what_comes_in_for_a_repaid_loan_is_held_for_the_borrower(due, closed):
    page = open_page(due)
    whole = next(offer for offer in payment_offers(due, clock.today()) if offer.kind == "payoff")
    deposit(due, whole.amount)
    assert paid(page).result == "recorded"
    due.refresh_from_db()
    assert (due.state, due.unapplied) == ("repaid", DUE)


def test_the_payer_is_told_that_the_payment_is_no_longer_open(client, due, closed):
    page = open_page(due)
    deposit(due, DUE)
    client.force_login(due.borrower)
    back = client.get(reverse("payment_cancelled", args=[page.charge.key]), follow=True)
    assert "더는 결제할 수 없는 건이에요" in back.content.decode()
