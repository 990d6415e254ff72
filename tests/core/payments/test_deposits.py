import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.errors import NotAllowed, NotNow, Stale
from core.payments import services
from core.payments.models import BankDeposit
from tests.core.accounts.factories import BusinessFactory, UserFactory
from tests.core.payments.factories import BankDepositFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance():
    return UserFactory(roles=["finance_staff"])


def _facts(**more):
    return {"deposited_on": clock.today(), "subject": BusinessFactory(), **more}


def test_a_deposit_is_recorded_and_told(finance, ledger):
    deposit = BankDepositFactory(by=finance, **_facts(note="국민은행"))
    [money] = ledger
    assert (money["source"], money["payment_key"], money["by"]) == (
        "bank",
        f"bank:{deposit.reference}",
        finance,
    )
    assert (money["amount"], money["received_on"]) == (1_041_666, clock.today())


def test_sending_the_form_twice_gives_one_row(finance, ledger):
    facts = _facts(token=uuid.uuid4())
    assert BankDepositFactory(by=finance, **facts) == BankDepositFactory(by=finance, **facts)
    assert (BankDeposit.objects.count(), len(ledger)) == (1, 1)


def test_a_used_form_takes_no_other_deposit(finance, ledger):
    facts = _facts(token=uuid.uuid4())
    BankDepositFactory(by=finance, **facts)
    with pytest.raises(NotNow):
        BankDepositFactory(by=finance, **facts, amount=5)
    assert len(ledger) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", 0),
        ("amount", -1_041_666),
        ("amount", 1_000_000_001),
        ("deposited_on", clock.today() + timedelta(days=1)),
        ("deposited_on", date(202, 3, 1)),
        ("payer_name", "  "),
    ],
)
def test_what_cannot_be_is_refused_by_field(finance, ledger, field, value):
    with pytest.raises(ValidationError) as refused:
        BankDepositFactory(by=finance, **_facts() | {field: value})
    assert list(refused.value.message_dict) == [field]
    assert ledger == []


def test_a_ledger_that_fails_leaves_no_deposit(finance, ledger):
    ledger.broken = True
    with pytest.raises(RuntimeError):
        BankDepositFactory(by=finance, **_facts())
    assert not BankDeposit.objects.exists()


def test_money_that_nobody_notes_is_refused(finance):
    with pytest.raises(NotNow):
        BankDepositFactory(by=finance, **_facts())


@pytest.mark.parametrize(
    "role", ["finance_approver", "programme_staff", "auditor", "administrator", "mentor"]
)
def test_only_finance_staff_enter_deposits(ledger, role):
    with pytest.raises(NotAllowed):
        BankDepositFactory(by=UserFactory(roles=[role]), **_facts())


def test_a_wrong_deposit_is_reversed_and_stays(finance, ledger, reversals):
    deposit = BankDepositFactory(by=finance, **_facts())
    with pytest.raises(ValidationError):
        services.reverse_bank_deposit(by=finance, deposit=deposit, reason=" ")
    with pytest.raises(NotAllowed):
        services.reverse_bank_deposit(by=UserFactory(roles=["auditor"]), deposit=deposit, reason="잘못 입력")
    with pytest.raises(Stale):
        services.reverse_bank_deposit(by=finance, deposit=deposit, reason="잘못 입력", expected_version=7)
    done = services.reverse_bank_deposit(by=finance, deposit=deposit, reason="잘못 입력")
    with pytest.raises(NotNow):
        services.reverse_bank_deposit(by=finance, deposit=deposit, reason="잘못 입력")
    assert (done.state, done.history().get().reason) == ("reversed", "잘못 입력")
    [told] = reversals
    assert (told["payment_key"], told["reason"]) == (deposit.payment_key, "잘못 입력")
