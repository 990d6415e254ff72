"""A slip of staff is said at its field with what they typed; a conflict is for the wrong moment only."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.workflow.actors import SYSTEM
from loans.services.collection import charge_fee, write_off_loan
from loans.services.contracts import prepare_loan
from loans.services.repayments import post_payment
from tests.loans import factories as f
from tests.loans.pages import wrong_fields

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(f.noon("2026-03-04"), tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(f.finance())
    return client


def act(loan, name):
    return reverse("loan:act", args=[loan.pk, name])


def deposit(loan, **fields):
    return {
        "version": loan.version,
        "token": uuid4(),
        "amount": 1_000,
        "deposited_on": clock.today(),
        "payer_name": "데모상점",
        "note": "적요에 쓴 말",
    } | fields


def test_a_deposit_is_typed_as_people_write_it(office):
    loan = f.loan("active")
    url = act(loan, "deposit")
    assert office.post(url, deposit(loan, amount="1,000,000원")).status_code == 302
    assert loan.entries.get(kind="payment").amount == 1_000_000


@pytest.mark.parametrize("days", [-1, 1])
def test_a_deposit_on_an_impossible_day(office, days):
    loan = f.loan("active")
    sent = deposit(loan, deposited_on=clock.today() + days * DAY)
    answer = office.post(act(loan, "deposit"), sent)
    assert wrong_fields(answer, "deposit") == {"deposited_on"}
    body = answer.content.decode()
    assert 'value="적요에 쓴 말"' in body
    assert f'value="{sent["deposited_on"]}"' in body
    assert loan.entries.count() == 1


def test_a_deposit_that_the_ledger_cannot_take(client):
    loan = f.loan("active")
    with time_machine.travel(f.noon("2026-06-10"), tick=False):
        client.force_login(f.finance())
        loan = write_off_loan(by=f.approver(), loan=loan, reason="회수 불능")
        sent = deposit(loan, amount=60_000_000, deposited_on=clock.today() - 3 * DAY)
        answer = client.post(act(loan, "deposit"), sent)
    assert wrong_fields(answer, "deposit") == {"deposited_on"}
    assert loan.entries.count() == 2


def test_a_disbursement_tomorrow(office):
    loan = f.loan("approved")
    sent = {"version": loan.version, "on": clock.today() + DAY}
    answer = office.post(act(loan, "disburse"), sent)
    assert wrong_fields(answer, "disburse") == {"on"}
    assert f'value="{sent["on"]}"' in answer.content.decode()
    loan.refresh_from_db()
    assert loan.state == "approved"


def test_a_disbursement_beyond_the_plan_of_the_year(office):
    loan = f.loan("approved")
    loan.fund_year.plan_amount = loan.principal - 1
    loan.fund_year.save()
    answer = office.post(act(loan, "disburse"), {"version": loan.version, "on": clock.today()})
    assert wrong_fields(answer, "disburse") == {"__all__"}
    assert not loan.entries.exists()


def test_a_selection_that_has_a_loan_is_not_cancelled(office):
    application = f.loan("prepared").application
    url = reverse("loanapplication:act", args=[application.pk, "cancel"])
    answer = office.post(url, {"version": application.version, "reason": "본인이 포기함"})
    assert wrong_fields(answer, "cancel") == {"__all__"}
    assert "본인이 포기함" in answer.content.decode()


def test_a_second_disbursement_is_a_conflict_whatever_its_day(office):
    loan = f.loan("active")
    sent = {"version": loan.version, "on": clock.today() + DAY}
    assert office.post(act(loan, "disburse"), sent).status_code == 409


def test_a_planned_day_in_a_year_without_a_rate(office):
    application = f.application("selected")
    sent = {"version": application.version, "planned_on": "2031-01-02", "due_day": 15}
    answer = office.post(reverse("loanapplication:act", args=[application.pk, "prepare"]), sent)
    assert wrong_fields(answer, "prepare") == {"planned_on"}
    assert 'value="2031-01-02"' in answer.content.decode()
    application.refresh_from_db()
    assert application.state == "selected"
    with pytest.raises(ValidationError):
        prepare_loan(by=f.finance(), application=application, due_day=32)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_of_a_service_without_a_form(days):
    loan = f.loan("active")
    with pytest.raises(ValidationError) as caught:
        charge_fee(by=f.finance(), loan=loan, amount=1, on=clock.today() + days * DAY, note="인지대")
    assert set(caught.value.message_dict) == {"on"}


@pytest.mark.parametrize("amount", [0, -1])
def test_no_payment_of_nothing(amount):
    loan = f.loan("active")
    with pytest.raises(ValidationError) as caught:
        post_payment(
            by=SYSTEM,
            loan=loan,
            amount=amount,
            received_on=clock.today(),
            source="bank",
            payment_key="nothing",
        )
    assert set(caught.value.message_dict) == {"amount"}
