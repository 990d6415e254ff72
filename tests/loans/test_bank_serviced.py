"""Loans that the entrusted bank services: its ledger counts, ours is a copy, and every page says so."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from core import clock
from core.accounts.worklist import todos_for
from core.errors import NotAllowed, NotNow, Stale
from core.notices.models import Notice
from loans.models import Loan
from loans.queries.loans import valid_certificate
from loans.queries.portfolio import portfolio_summary
from loans.services.bank_reports import record_reported_payment
from loans.services.collection import write_off_loan
from loans.services.day_end import close_day
from loans.services.repayments import record_deposit
from loans.services.reversals import reverse_entry
from tests.loans import factories as f
from tests.loans.pages import wrong_fields

pytestmark = pytest.mark.django_db


def bank_product():
    return f.product_with_conditions(code="bank", servicing="bank")


def bank_loan(state="active", **fields):
    return f.loan(state, product=bank_product(), **fields)


def report(loan, amount, *, by=None, token=None, **more):
    return record_reported_payment(
        by=by or f.finance(),
        loan=loan,
        token=token or uuid4(),
        amount=amount,
        received_on=clock.today(),
        **more,
    )


@pytest.fixture
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


# ── the copy of the ledger ──────────────────────────────────────────────────
def test_a_reported_payment_comes_in_once_and_can_be_taken_back():
    loan, token = bank_loan(), uuid4()
    entry = report(loan, 1_000_000, token=token)
    assert report(loan, 1_000_000, token=token) == entry
    assert (entry.kind, entry.source) == ("payment", "report")
    loan.refresh_from_db()
    assert loan.unapplied == 1_000_000
    reverse_entry(by=f.finance(), entry=entry, reason="잘못 옮겨 적음")
    loan.refresh_from_db()
    assert loan.unapplied == 0


def test_who_and_when_may_enter_a_report():
    loan = bank_loan()
    with pytest.raises(NotAllowed):
        report(loan, 1, by=loan.borrower)
    with pytest.raises(NotNow):
        report(f.loan(), 1)
    seen = loan.version
    report(loan, 1_000)
    with pytest.raises(Stale):
        report(loan, 1_000, expected_version=seen)
    with pytest.raises(NotNow):
        reverse_entry(by=f.finance(), entry=loan.entries.get(kind="disbursement"), reason="x")


def test_a_deposit_at_the_district_is_not_for_it():
    loan = bank_loan()
    facts = {"amount": 1_000, "deposited_on": clock.today(), "payer_name": "데모"}
    with pytest.raises(NotNow):
        record_deposit(by=f.finance(), loan=loan, token=uuid4(), **facts)


def test_only_the_ledger_that_counts_is_certified():
    loan = bank_loan()
    report(loan, loan.principal)
    loan.refresh_from_db()
    assert loan.state == Loan.State.REPAID
    assert valid_certificate(loan) is None


def test_nobody_is_told_by_us_that_a_loan_of_the_bank_is_overdue():
    with time_machine.travel(f.noon("2025-03-04"), tick=False) as traveller:
        loan = bank_loan(on=date(2025, 3, 4))
        traveller.move_to(f.noon("2025-04-05"))
        close_day(date(2025, 4, 5))
    loan.refresh_from_db()
    assert loan.days_overdue
    told = Notice.objects.filter(recipient=loan.borrower).values_list("event", flat=True)
    assert "loans.instalment_overdue" not in told


# ── what the pages say ──────────────────────────────────────────────────────
def test_the_borrower_is_told_to_pay_at_the_bank(english):
    loan = bank_loan()
    english.force_login(loan.borrower)
    page = english.get(reverse("loan_detail", args=[loan.pk]))
    assertContains(page, "The bank’s ledger counts.")
    assertNotContains(page, reverse("loan_pay", args=[loan.pk]))
    assertContains(english.get(reverse("my_loans")), "paid at the bank")


def test_the_todo_asks_for_no_payment_here():
    with time_machine.travel(f.noon("2025-03-04"), tick=False) as traveller:
        loan = bank_loan(on=date(2025, 3, 4))
        traveller.move_to(f.noon("2025-04-05"))
        close_day(date(2025, 4, 5))
        with translation.override("en"):
            titles = {todo.kind: todo.title for todo in todos_for(loan.borrower)}
    assert "Ask the bank" in titles["loan_overdue"]


def test_an_applicant_is_told_before_and_after_that_the_bank_lends(english):
    loan_round = f.loan_round(product=bank_product())
    application = f.application("selected", round_=loan_round)
    english.force_login(application.applicant)
    for url in (
        reverse("loan_apply", args=[loan_round.pk]),
        reverse("loan_application_status", args=[application.pk]),
        "/loans-guide/",
    ):
        assertContains(english.get(url), "by its own credit rules", msg_prefix=url)


def test_the_office_sees_that_the_figures_are_a_copy(english):
    loan, finance = bank_loan(), f.finance()
    report(loan, 500_000)
    english.force_login(finance)
    page = english.get(reverse("loan:inspect", args=[loan.pk]))
    assertContains(page, "The bank’s ledger counts.")
    assertContains(page, reverse("loan:act", args=[loan.pk, "report"]))
    assertNotContains(page, reverse("loan:act", args=[loan.pk, "deposit"]))
    summary = portfolio_summary(finance, clock.today())
    assert (summary.by_bank_loans, summary.by_bank) == (1, loan.principal)
    assertContains(english.get(reverse("loans_dashboard")), "serviced by the bank")


def test_finance_enters_and_takes_back_a_report_in_the_office(client):
    loan = bank_loan()
    client.force_login(f.finance())
    enter = reverse("loan:act", args=[loan.pk, "report"])
    client.post(
        enter,
        {"version": loan.version, "token": uuid4(), "amount": 700_000, "received_on": clock.today()},
    )
    entry = loan.entries.get(source="report")
    assert entry.amount == 700_000
    loan.refresh_from_db()
    take_back = reverse("loan:act", args=[loan.pk, "reverse-entry"])
    client.post(take_back, {"version": loan.version, "entry": entry.pk, "reason": "두 번 적음"})
    assert loan.entries.filter(reverses=entry).exists()


# ── what finance types ──────────────────────────────────────────────────────
def sent(loan, **fields):
    return {
        "version": loan.version,
        "token": uuid4(),
        "amount": "1,000,000원",
        "received_on": clock.today(),
        "note": "적요에 쓴 말",
    } | fields


@pytest.mark.parametrize("amount", [0, 1_000_000_001, 10**18, 10**20])
def test_a_report_of_an_impossible_sum_is_told_at_the_field(client, amount):
    loan = bank_loan()
    client.force_login(f.finance())
    answer = client.post(reverse("loan:act", args=[loan.pk, "report"]), sent(loan, amount=amount))
    assert answer.status_code == 422
    assertContains(answer, 'value="적요에 쓴 말"', status_code=422)
    assert wrong_fields(answer, "report") == {"amount"}
    assert loan.entries.count() == 1


def test_a_sum_is_typed_as_people_write_it(client):
    loan = bank_loan()
    client.force_login(f.finance())
    assert client.post(reverse("loan:act", args=[loan.pk, "report"]), sent(loan)).status_code == 302
    assert loan.entries.get(source="report").amount == 1_000_000


def test_a_report_that_the_ledger_cannot_take(client):
    with time_machine.travel(f.noon("2026-03-04"), tick=False):
        loan = bank_loan()
    with time_machine.travel(f.noon("2026-06-10"), tick=False):
        client.force_login(f.finance())
        loan = write_off_loan(by=f.approver(), loan=loan, reason="회수 불능")
        early = sent(loan, amount=60_000_000, received_on=clock.today() - timedelta(days=3))
        answer = client.post(reverse("loan:act", args=[loan.pk, "report"]), early)
    assert wrong_fields(answer, "report") == {"received_on"}
    assert loan.entries.count() == 2


def test_what_a_colleague_took_back_meanwhile_is_a_conflict_that_says_so(client):
    loan = bank_loan()
    entry = report(loan, 1_000)
    loan.refresh_from_db()
    client.force_login(f.finance())
    url = reverse("loan:act", args=[loan.pk, "reverse-entry"])
    colleague = f.finance()
    reverse_entry(by=colleague, entry=entry, reason="두 번 적음")
    form = {"version": loan.version, "entry": entry.pk, "reason": "잘못 적음"}
    answer = client.post(url, form)
    assertContains(answer, "두 번 적음", status_code=409)
    assert loan.entries.filter(kind="reversal").count() == 1
