"""Beside the payments: staff charge a cost, forgive what is due, give money back, and take a slip of theirs back."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains

from core.accounts.roles import Role
from core.errors import NotAllowed, NotNow
from core.notices.models import Notice
from loans.engine import Component
from loans.services.collection import charge_fee, refund, waive
from loans.services.ledger import refresh_loan
from loans.services.reversals import reverse_entry
from tests.loans import factories as f
from tests.loans.pages import tables_of, wrong_fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(f.noon("2026-06-10"), tick=False):
        yield


@pytest.fixture
def loan():
    """The first instalment, 42,465 won of interest, has been due since April."""
    with time_machine.travel(f.noon("2026-03-04"), tick=False):
        row = f.loan("active")
    return refresh_loan(row)


@pytest.fixture
def office(client):
    client.force_login(f.finance())
    return client


def act(loan, name):
    return reverse("loan:act", args=[loan.pk, name])


def send(client, loan, name, **fields):
    return client.post(act(loan, name), {"version": loan.version} | fields)


def test_a_cost_is_charged_once_from_one_page_and_the_borrower_is_told(office, loan):
    owed = loan.owed
    assert send(office, loan, "cost", amount="3,000원", note="지급명령 인지대").status_code == 302
    again = send(office, loan, "cost", amount="3,000원", note="지급명령 인지대")
    assertContains(again, "3,000원", status_code=409)
    loan.refresh_from_db()
    assert (loan.fees_due, loan.owed) == (3_000, owed + 3_000)
    notice = Notice.objects.get(event="loans.cost_charged")
    assert notice.recipient == loan.borrower
    assert "지급명령 인지대" in notice.body_text
    f.pay(loan, 3_000)
    head, *rows = tables_of(office.get(reverse("loan:inspect", args=[loan.pk])), "원장")[0]
    assert (head[3], rows[-1][2:4]) == ("비용", ["3,000원", "3,000원"])
    office.force_login(loan.borrower)
    page = office.get(reverse("loan_detail", args=[loan.pk]))
    assertContains(page, "지급명령 인지대")
    assertContains(page, 'data-label="비용">3,000원')


@pytest.mark.parametrize("amount", ["0", "-1", "50000001", str(10**20), "1.5", "삼천", ""])
def test_a_cost_that_cannot_be_is_told_at_the_field(office, loan, amount):
    answer = send(office, loan, "cost", amount=amount, note="지급명령 인지대")
    assert wrong_fields(answer, "cost") == {"amount"}
    assertContains(answer, 'value="지급명령 인지대"', status_code=422)
    assert loan.entries.count() == 1


def test_what_is_due_is_forgiven_up_to_what_is_owed(office, loan):
    late, interest = loan.late_interest, loan.interest_due
    assert late
    too_much = send(office, loan, "waive", component="late_interest", amount=late + 1, note="은행 장애")
    assert wrong_fields(too_much, "waive") == {"amount"}
    principal = send(office, loan, "waive", component="principal", amount=1, note="은행 장애")
    assert wrong_fields(principal, "waive") == {"component"}
    assert (
        send(office, loan, "waive", component="late_interest", amount=late, note="은행 장애").status_code
        == 302
    )
    loan.refresh_from_db()
    assert (loan.late_interest, loan.interest_due) == (0, interest)
    waiver = loan.entries.get(kind="waiver")
    assert (waiver.amount, waiver.note) == (late, "은행 장애")


def test_nothing_is_forgiven_where_nothing_is_due(office, loan):
    f.pay(loan, loan.owed)
    loan.refresh_from_db()
    assert act(loan, "waive") not in office.get(reverse("loan:inspect", args=[loan.pk])).content.decode()
    assert send(office, loan, "waive", component="interest", amount=1, note="감면").status_code == 409


def test_a_slip_is_taken_back_and_stays_visible(office, loan):
    f.pay(loan, loan.owed + 500)
    loan.refresh_from_db()
    staff = f.finance()
    back = refund(by=staff, loan=loan, amount=500, note="다른 대출의 반환")
    cost = charge_fee(by=staff, loan=loan, amount=700, note="다른 대출의 인지대")
    for entry in (back, cost):
        loan.refresh_from_db()
        page = office.get(reverse("loan:inspect", args=[loan.pk]))
        assertContains(page, f'<option value="{entry.pk}">')
        assert send(office, loan, "reverse-entry", entry=entry.pk, reason="잘못 적음").status_code == 302
        assert loan.entries.filter(reverses=entry, note="잘못 적음").exists()
    loan.refresh_from_db()
    assert (loan.fees_due, loan.unapplied, loan.owed) == (0, 500, 0)
    assert loan.entries.filter(pk__in=[back.pk, cost.pk]).count() == 2


def test_what_a_colleague_took_back_is_a_conflict_that_says_so(office, loan):
    entry = charge_fee(by=f.finance(), loan=loan, amount=700, note="인지대")
    loan.refresh_from_db()
    reverse_entry(by=f.finance(), entry=entry, reason="두 번 적음")
    answer = send(office, loan, "reverse-entry", entry=entry.pk, reason="잘못 적음")
    assertContains(answer, "두 번 적음", status_code=409)
    assert loan.entries.filter(kind="reversal").count() == 1


def test_a_payment_is_taken_back_by_its_own_record(office, loan):
    payment = f.pay(loan, 1_000)
    loan.refresh_from_db()
    charge_fee(by=f.finance(), loan=loan, amount=700, note="인지대")
    loan.refresh_from_db()
    assert wrong_fields(
        send(office, loan, "reverse-entry", entry=payment.pk, reason="잘못 적음"), "reverse-entry"
    ) == {"entry"}
    with pytest.raises(NotNow):
        reverse_entry(by=f.finance(), entry=payment, reason="잘못 적음")


@pytest.mark.parametrize("role", [Role.FINANCE_APPROVER, Role.COMMITTEE_SECRETARY, Role.AUDITOR])
def test_who_may_not_correct(client, loan, role):
    entry = charge_fee(by=f.finance(), loan=loan, amount=700, note="인지대")
    loan.refresh_from_db()
    person = f.UserFactory(role=role)
    client.force_login(person)
    facts = {"amount": 1, "note": "x", "component": "fee"}
    assert {send(client, loan, name, **facts).status_code for name in ("cost", "waive")} <= {403, 404}
    with pytest.raises(NotAllowed):
        charge_fee(by=person, loan=loan, amount=1, note="x")
    with pytest.raises(NotAllowed):
        waive(by=loan.borrower, loan=loan, component=Component.FEE, amount=1, note="x")
    with pytest.raises(NotAllowed):
        reverse_entry(by=loan.borrower, entry=entry, reason="x")
    assert loan.entries.count() == 2
