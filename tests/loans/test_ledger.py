"""The ledger is only added to, whoever asks; money arrives once."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core import clock
from core.errors import NotAllowed, NotNow
from core.payments.services import record_bank_deposit, reverse_bank_deposit
from core.workflow.actors import SYSTEM
from loans.engine import Component
from loans.models import LedgerEntry, Loan
from loans.services.collection import charge_fee, refund, waive, write_off_loan
from loans.services.repayments import post_payment, request_payment, reverse_payment
from tests.loans import factories as f

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement", ["UPDATE loans_ledgerentry SET amount = 1", "DELETE FROM loans_ledgerentry"]
)
def test_the_database_refuses_to_change_an_entry(statement):
    row = f.loan("active")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert row.entries.get().amount == row.principal


def test_the_model_refuses_too():
    entry = f.loan("active").entries.get()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_a_key_that_was_seen_changes_nothing():
    row = f.loan("active")
    first = f.pay(row, 1_000, key="k")
    assert f.pay(row, 1_000, key="k") == first
    assert row.entries.count() == 2
    with pytest.raises(NotNow):
        f.pay(row, 2_000, key="k")
    with pytest.raises(NotNow):
        f.pay(f.loan("active"), 1_000, key="k")


def test_a_bank_deposit_becomes_a_payment_and_can_be_taken_back():
    from uuid import uuid4

    row, staff, token = f.loan("active"), f.finance(), uuid4()
    given = {
        "by": staff,
        "subject": row,
        "amount": 5_000,
        "deposited_on": clock.today(),
        "payer_name": "데모",
        "token": token,
    }
    deposit = record_bank_deposit(**given)
    assert record_bank_deposit(**given) == deposit
    entry = row.entries.get(kind=LedgerEntry.Kind.PAYMENT)
    assert (entry.amount, entry.source, entry.recorded_by) == (5_000, "bank", staff)
    row.refresh_from_db()
    assert row.unapplied == 5_000
    reverse_bank_deposit(by=staff, deposit=deposit, reason="다른 사람의 입금")
    row.refresh_from_db()
    assert row.unapplied == 0
    assert [e.kind for e in row.entries.all()] == ["disbursement", "payment", "reversal"]


def test_only_finance_posts_by_hand():
    row = f.loan("active")
    given = {"loan": row, "amount": 1, "received_on": clock.today(), "source": "bank", "payment_key": "x"}
    for user in (row.borrower, f.secretary(), f.approver()):
        with pytest.raises(NotAllowed):
            post_payment(by=user, **given)
    assert post_payment(by=f.finance(), **given).sequence == 2


@pytest.mark.parametrize("state", ["prepared", "approved"])
def test_nothing_is_paid_on_a_loan_that_was_not_paid_out(state):
    with pytest.raises(NotNow):
        f.pay(f.loan(state), 1)


def test_reversal_of_nothing_is_nothing():
    assert reverse_payment(by=SYSTEM, payment_key="unknown", reason="x") is None


def test_the_disbursement_cannot_be_taken_back():
    row = f.loan("active")
    with pytest.raises(NotNow):
        f.take_back(row.entries.get(), reason="x")


def test_a_cost_is_due_at_once_and_waived_up_to_what_is_owed():
    row, staff = f.loan("active"), f.finance()
    charge_fee(by=staff, loan=row, amount=3_000, note="인지대")
    row.refresh_from_db()
    assert (row.fees_due, row.owed) == (3_000, 3_000)
    with pytest.raises(ValidationError) as caught:
        waive(by=staff, loan=row, component=Component.FEE, amount=3_001, note="면제")
    assert set(caught.value.message_dict) == {"amount"}
    waive(by=staff, loan=row, component=Component.FEE, amount=3_000, note="면제")
    row.refresh_from_db()
    assert row.owed == 0
    assert row.entries.count() == 3


def test_no_more_than_is_held_is_given_back():
    row, staff = f.loan("active"), f.finance()
    f.pay(row, 10_000)
    with pytest.raises(ValidationError):
        refund(by=staff, loan=row, amount=10_001, note="반환")
    refund(by=staff, loan=row, amount=10_000, note="반환")
    row.refresh_from_db()
    assert row.unapplied == 0


def test_money_after_a_write_off_is_a_recovery():
    row = write_off_loan(by=f.approver(), loan=f.loan("active"), reason="회수 불능")
    assert row.balance == 0
    assert f.pay(row, 1_000_000).kind == "recovery"


# ── paying online ───────────────────────────────────────────────────────────
def test_the_server_says_how_much(monkeypatch):
    row = f.loan("active")
    with pytest.raises(NotNow):
        request_payment(by=row.borrower, loan=row, kind="due", shown_amount=1)
    with pytest.raises(NotNow) as caught:
        request_payment(by=row.borrower, loan=row, kind="next", shown_amount=1)
    assert caught.typename == "Stale"
    with pytest.raises(NotAllowed):
        request_payment(by=f.UserFactory(), loan=row, kind="next", shown_amount=1)


def test_a_bank_serviced_loan_is_not_paid_online():
    row = f.loan("active", product=f.product_with_conditions(code="bank", servicing="bank"))
    with pytest.raises(NotNow):
        request_payment(by=row.borrower, loan=row, kind="payoff", shown_amount=row.principal)


# ── proof ───────────────────────────────────────────────────────────────────
def test_prove_balances_says_what_is_wrong(capsys):
    row = f.loan("active")
    f.pay(row, 700)
    call_command("prove_balances")
    assert "1" in capsys.readouterr().out
    Loan.objects.filter(pk=row.pk).update(unapplied=0)
    with pytest.raises(CommandError):
        call_command("prove_balances")
    assert "unapplied" in capsys.readouterr().err
