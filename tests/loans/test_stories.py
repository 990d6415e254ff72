"""Loans as an accountant would tell them: what happened, and what the books say afterwards."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from loans.books.replaying import loan_state
from loans.models import Loan, LoanInstalment
from loans.queries.loans import ledger_lines, valid_certificate
from loans.queries.proof import differences
from loans.services.collection import accelerate_loan, refund
from loans.services.day_end import close_day
from loans.services.ledger import refresh_loan
from loans.services.repayments import reverse_payment
from tests.loans import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def travel():
    """Move the clock to midday of a day in Seoul."""
    with time_machine.travel(f.noon("2025-03-04"), tick=False) as traveller:
        yield lambda day: traveller.move_to(f.noon(day))


def books(loan: Loan) -> dict[str, object]:
    loan.refresh_from_db()
    names = (
        "state",
        "balance",
        "interest_due",
        "late_interest",
        "principal_due",
        "unapplied",
        "days_overdue",
    )
    return {name: getattr(loan, name) for name in names}


def lines(loan: Loan, on: str) -> list[tuple[object, ...]]:
    return [
        (
            str(line.entry.value_date),
            line.entry.kind,
            line.entry.amount,
            line.late_interest,
            line.interest,
            line.principal,
            line.held,
        )
        for line in ledger_lines(loan, date.fromisoformat(on))
    ]


def test_fifty_million_won_gives_the_schedule_of_the_rule(travel):
    loan = f.loan(on=date(2025, 3, 4))
    rows = list(loan.instalments.order_by("number"))
    assert len(rows) == 60
    assert [row.principal for row in rows[:12]] == [0] * 12
    assert [row.principal for row in rows[12:]] == [1_041_666] * 47 + [1_041_698]
    assert rows[0].due_on == date(2025, 4, 4)
    assert (rows[0].days, rows[0].interest) == (31, 42_465)
    assert rows[-1].balance == 0
    assert loan.matures_on == rows[-1].due_on
    assert books(loan) == {
        "state": "active",
        "balance": 50_000_000,
        "interest_due": 0,
        "late_interest": 0,
        "principal_due": 0,
        "unapplied": 0,
        "days_overdue": 0,
    }


def test_paid_on_the_day(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-04")
    f.pay(loan, 42_465)
    assert lines(loan, "2025-04-04") == [
        ("2025-03-04", "disbursement", 50_000_000, 0, 0, 0, 0),
        ("2025-04-04", "payment", 42_465, 0, 42_465, 0, 0),
    ]
    assert loan.instalments.get(number=1).state == LoanInstalment.State.PAID


def test_paid_late_late_interest_first(travel):
    """30 days late on 42,465 won at 1 % + 3 %: 42,465 × 4 % × 30 / 365 = 139 won."""
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-05-04")
    close_day(date(2025, 5, 4))
    before = books(loan)
    assert (before["late_interest"], before["days_overdue"]) == (139, 30)
    assert loan.classification == "precautionary"
    f.pay(loan, 42_604)
    assert lines(loan, "2025-05-04")[1:] == [("2025-05-04", "payment", 42_604, 139, 42_465, 0, 0)]
    assert books(loan)["days_overdue"] == 0


def test_too_much_is_held_and_used_on_the_next_due_date(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-04")
    f.pay(loan, 50_000)
    assert books(loan)["unapplied"] == 7_535
    travel("2025-05-07")  # the 4th is a Sunday, the 5th Children's Day, the 6th its substitute
    close_day(date(2025, 5, 7))
    assert loan.instalments.get(number=2).due_on == date(2025, 5, 7)
    after = books(loan)
    assert (after["unapplied"], after["interest_due"]) == (0, 41_095 - 7_535)


def test_backdated_deposit_undoes_the_late_interest(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-14")
    close_day(date(2025, 4, 14))
    assert books(loan)["late_interest"] == 46
    f.pay(loan, 42_465, on=date(2025, 4, 4))
    assert books(loan) | {"unapplied": 0} == {
        "state": "active",
        "balance": 50_000_000,
        "interest_due": 0,
        "late_interest": 0,
        "principal_due": 0,
        "unapplied": 0,
        "days_overdue": 0,
    }


def test_a_reversed_payment_is_as_if_it_had_never_been(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-04")
    entry = f.pay(loan, 42_465, key="card-1")
    travel("2025-04-10")
    reverse_payment(by=f.finance(), payment_key="card-1", reason="잘못 입력")
    assert books(loan)["interest_due"] == 42_465
    assert [line.entry.kind for line in ledger_lines(loan, date(2025, 4, 10))] == [
        "disbursement",
        "payment",
        "reversal",
    ]
    again = f.take_back(entry, reason="두 번")
    assert again.sequence == 3
    assert loan.entries.count() == 3


def test_all_the_way_to_the_certificate_and_back(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-06-10")
    close_day(date(2025, 6, 10))
    from loans.books.replaying import payoff_quote

    quote = payoff_quote(loan, date(2025, 6, 10))
    entry = f.pay(loan, quote.total)
    loan.refresh_from_db()
    assert (loan.state, loan.balance, loan.unapplied, loan.repaid_on) == ("repaid", 0, 0, date(2025, 6, 10))
    certificate = valid_certificate(loan)
    assert certificate.number == f"{loan.number}-C1"
    assert certificate.content["paid_principal"] == 50_000_000
    travel("2025-06-12")
    f.take_back(entry, reason="반환됨")
    loan.refresh_from_db()
    assert loan.state == "active"
    assert valid_certificate(loan) is None
    f.pay(loan, payoff_quote(loan, date(2025, 6, 12)).total)
    assert valid_certificate(loan).number == f"{loan.number}-C2"


def test_every_instalment_paid_when_due_closes_the_loan(travel):
    loan = f.loan(on=date(2025, 3, 4), amount=10_000_000)
    for row in list(loan.instalments.order_by("number")):
        travel(str(row.due_on))
        close_day(row.due_on)
        f.pay(loan, row.principal + row.interest)
    loan.refresh_from_db()
    assert (loan.state, loan.balance, loan.unapplied) == ("repaid", 0, 0)
    assert loan.repaid_on == row.due_on
    assert list(differences()) == []


def test_last_instalment_paid_early_closes_and_what_is_too_much_is_held(travel):
    """50,000,000 in two instalments; the second is paid 15 days early: 20,547 − 10,958 won of interest too much."""
    loan = f.loan(
        on=date(2025, 3, 4),
        product=f.product_with_conditions(code="short", instalments=2, grace_instalments=0),
    )
    rows = list(loan.instalments.order_by("number"))
    travel(str(rows[0].due_on))
    f.pay(loan, rows[0].total)
    travel("2025-04-20")
    f.pay(loan, rows[1].total)
    loan.refresh_from_db()
    assert (loan.state, loan.repaid_on, loan.unapplied) == ("repaid", date(2025, 4, 20), 20_547 - 10_958)
    refund(by=f.finance(), loan=loan, amount=loan.unapplied, note="초과 납부 반환")
    assert books(loan)["unapplied"] == 0
    assert list(differences()) == []


def test_29_february_is_clamped_and_comes_back(travel):
    travel("2027-12-31")
    loan = f.loan(on=date(2027, 12, 31), due_day=31)
    due = [row.due_on for row in loan.instalments.order_by("number")[:4]]
    # 30 April 2028 is a Sunday; 1 and 2 May are holidays
    assert due == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 5, 3)]


def test_seollal_moves_the_due_date_but_not_the_interest(travel):
    travel("2026-01-17")
    loan = f.loan(on=date(2026, 1, 17))
    first = loan.instalments.get(number=1)
    assert first.due_on == date(2026, 2, 19)  # 16–18 February are Seollal
    assert first.days == 31


def test_a_payment_in_the_future_or_before_the_loan_is_refused(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-04")
    for day in (date(2025, 4, 5), date(2025, 3, 3)):
        with pytest.raises(ValidationError):
            f.pay(loan, 1_000, on=day)
    assert loan.entries.count() == 1


def test_figures_agree_with_the_ledger_and_a_wrong_one_is_found(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-20")
    f.pay(loan, 10_000)
    refresh_loan(loan)
    assert list(differences()) == []
    Loan.objects.filter(pk=loan.pk).update(balance=1)
    assert [(row.loan, row.what) for row in differences()] == [(loan.number, "balance")]


def test_a_reversed_last_payment_brings_an_accelerated_loan_back_accelerated(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-06-10")
    accelerate_loan(by=f.approver(), loan=loan, reason="2회 연속 미납")
    loan.refresh_from_db()
    entry = f.pay(loan, loan.owed)
    loan.refresh_from_db()
    assert loan.state == "repaid"
    travel("2025-06-12")
    f.take_back(entry, reason="반환됨")
    loan.refresh_from_db()
    assert (loan.state, loan.repaid_on, loan.balance) == ("accelerated", None, 50_000_000)
    assert loan.history().first().target == "accelerated"
    assert list(differences()) == []


def test_the_proof_finds_a_loan_that_forgot_its_acceleration(travel, monkeypatch):
    loan = f.loan(on=date(2025, 3, 4))
    monkeypatch.setattr("loans.queries.proof.loan_state", accelerated(loan_state))
    assert [(row.loan, row.what, row.replayed) for row in differences()] == [
        (loan.number, "state", "accelerated")
    ]


def accelerated(replayed):
    return lambda loan, on: replace(replayed(loan, on), is_accelerated=True)
