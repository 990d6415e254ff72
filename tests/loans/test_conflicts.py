"""Two people on two pages: the second is told what the first did, and nothing counts twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.accounts.models import Membership
from core.documents.queries import documents_of
from core.errors import NotAllowed, Stale
from core.payments.models import BankDeposit
from loans.books.replaying import ImpossibleEntry
from loans.models import LedgerEntry, LoanApplication
from loans.queries.history import application_history
from loans.queries.proof import differences
from loans.services.applications import save_application, withdraw_application
from loans.services.collection import accelerate_loan, refund, write_off_loan
from loans.services.day_end import close_day
from loans.services.decisions import cancel_selection, decide_application
from loans.services.disbursement import disburse_loan
from loans.services.repayments import record_deposit
from loans.services.screening import Finding, record_checks
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


@pytest.fixture
def travel():
    with time_machine.travel(f.noon("2026-03-04"), tick=False) as traveller:
        yield lambda day: traveller.move_to(f.noon(day))


@pytest.fixture
def loan(travel):
    return f.loan("active")


def act(loan, name):
    return reverse("loan:act", args=[loan.pk, name])


def deposit_form(page, **fields):
    """The form of a deposit as its page was drawn."""
    return {
        "version": page.context["object"].version,
        "token": uuid4(),
        "amount": 42_465,
        "deposited_on": clock.today(),
        "payer_name": "데모상점",
    } | fields


def draw(client, loan):
    return client.get(reverse("loan:inspect", args=[loan.pk]))


def test_two_clerks_enter_the_same_line_of_the_statement_and_the_second_is_told(client, loan):
    client.force_login(f.finance())
    one, two = (deposit_form(draw(client, loan)) for _ in range(2))
    assert client.post(act(loan, "deposit"), one).status_code == 302
    assert client.post(act(loan, "deposit"), one).status_code == 302  # a double click
    refused = client.post(act(loan, "deposit"), two)
    assert refused.status_code == 409
    assert "42,465원" in refused.content.decode()
    assert BankDeposit.objects.count() == 1
    assert client.post(act(loan, "deposit"), deposit_form(draw(client, loan), amount=5)).status_code == 302


def test_a_deposit_that_another_reversed_is_a_conflict_that_says_so(client, loan):
    staff = f.finance()
    deposit = record_deposit(
        by=staff, loan=loan, token=uuid4(), amount=5, deposited_on=clock.today(), payer_name="데모"
    )
    client.force_login(staff)
    sent = {
        "version": draw(client, loan).context["object"].version,
        "deposit": deposit.pk,
        "reason": "오입금",
    }
    assert client.post(act(loan, "reverse"), sent).status_code == 302
    again = client.post(act(loan, "reverse"), sent | {"reason": "다시"})
    assert again.status_code == 409
    body = again.content.decode()
    assert "오입금" in body
    assert staff.name in body
    assert loan.entries.filter(kind=LedgerEntry.Kind.REVERSAL).count() == 1
    form = next(row for row in draw(client, loan).context["open_actions"] if row["action"].name == "reverse")
    assert f'value="{deposit.pk}"' not in str(form["form"])


def test_a_deposit_of_another_loan_is_wrong_input(client, loan):
    other = f.loan("active")
    deposit = record_deposit(
        by=f.finance(), loan=other, token=uuid4(), amount=5, deposited_on=clock.today(), payer_name="데모"
    )
    client.force_login(f.finance())
    for wrong in (deposit.pk, "²", "", 10**30):
        sent = {"version": loan.version, "deposit": wrong, "reason": "오입금"}
        assert client.post(act(loan, "reverse"), sent).status_code == 422
    deposit.refresh_from_db()
    assert deposit.state == "recorded"


def test_the_approver_reverses_too(client, loan):
    deposit = record_deposit(
        by=f.finance(), loan=loan, token=uuid4(), amount=5, deposited_on=clock.today(), payer_name="데모"
    )
    client.force_login(f.approver())
    sent = {"version": 0, "deposit": deposit.pk, "reason": "오입금"}
    assert client.post(act(loan, "reverse"), sent).status_code == 302


def test_only_finance_enters_a_deposit(loan):
    given = {"loan": loan, "token": uuid4(), "amount": 5, "deposited_on": clock.today(), "payer_name": "데모"}
    for user in (loan.borrower, f.approver(), f.secretary()):
        with pytest.raises(NotAllowed):
            record_deposit(by=user, **given)


@pytest.mark.parametrize("decide", [accelerate_loan, write_off_loan])
def test_nobody_decides_from_a_page_that_does_not_show_the_last_payment(loan, decide):
    loan.refresh_from_db()
    seen = loan.version
    f.pay(loan, 42_465)
    with pytest.raises(Stale) as caught:
        decide(by=f.approver(), loan=loan, reason="미납", expected_version=seen)
    assert [("42,465원" in row.what, row.by) for row in caught.value.changes] == [(True, None)]
    loan.refresh_from_db()
    assert loan.state == "active"
    assert decide(by=f.approver(), loan=loan, reason="미납", expected_version=loan.version).state != "active"


def test_money_that_is_held_is_given_back_once_from_one_page(client, loan):
    f.pay(loan, 50_001)
    client.force_login(f.finance())
    page = draw(client, loan)
    assert act(loan, "refund") in page.content.decode()
    sent = {"version": page.context["object"].version, "amount": "100", "note": "이중 이체 반환"}
    for wrong in ("50,002", "0", "-1", "²", ""):
        assert client.post(act(loan, "refund"), sent | {"amount": wrong}).status_code == 422
    assert client.post(act(loan, "refund"), sent).status_code == 302
    again = client.post(act(loan, "refund"), sent)
    assert again.status_code == 409
    assert "이중 이체 반환" in again.content.decode()
    loan.refresh_from_db()
    assert loan.unapplied == 49_901
    client.force_login(f.approver())
    refused = client.post(act(loan, "refund"), sent | {"version": loan.version})
    assert refused.status_code in {302, 403}
    loan.refresh_from_db()
    assert loan.unapplied == 49_901


def test_nothing_is_given_back_where_nothing_is_held(client, loan):
    client.force_login(f.finance())
    page = draw(client, loan)
    assert act(loan, "refund") not in page.content.decode()
    sent = {"version": page.context["object"].version, "amount": "1", "note": "반환"}
    assert client.post(act(loan, "refund"), sent).status_code == 409


def test_findings_that_a_colleague_recorded_are_told_and_not_to_the_applicant():
    row = f.application("submitted", product=f.product_with_conditions())
    seen, first = row.version, row.round.product.eligibility_items.first()
    record_checks(by=f.finance(), application=row, findings=[Finding(first, False)])
    with pytest.raises(Stale) as stale:
        record_checks(by=f.finance(), application=row, findings=[Finding(first, True)], expected_version=seen)
    assert [change.what for change in stale.value.changes] == [f"내용 수정: {first}: 미충족"]
    assert row.checks.get().passed is False
    assert [happened.title for happened in application_history(row.history().steps())] == ["제출 완료"]


def test_two_people_of_a_business_do_not_overwrite_each_other_unseen(client):
    """The second to save is asked once; who hands in has seen what a colleague wrote."""
    row = f.application("draft")
    colleague = f.UserFactory(name="데모동료")
    Membership.objects.create(business=row.business, user=colleague)
    client.force_login(row.applicant)
    edit = reverse("loan_application_edit", args=[row.pk])
    submit = reverse("loan_application_submit", args=[row.pk])
    opened = row.seen
    save_application(
        by=colleague, application=row, values={"plan": "동료가 쓴 계획" * 10, "amount": 40_000_000}
    )
    mine = {
        "amount": "50,000,000",
        "purpose": row.purpose,
        "plan": "내가 쓴 계획" * 10,
        "repayment_plan": row.repayment_plan,
        "seen": opened,
    }
    first = client.post(edit, mine)
    assert first.status_code == 422
    assert "동료가 쓴 계획" in first.content.decode()
    assert client.post(submit, {"version": row.version, "seen": opened}).status_code == 409
    assert "데모동료" in client.post(submit, {"version": row.version, "seen": opened}).content.decode()
    again = client.post(edit, mine | {"seen": first.context["form"]["seen"].value(), "next": "1"})
    assert again.url == submit
    row.refresh_from_db()
    assert (row.plan, row.amount) == ("내가 쓴 계획" * 10, 50_000_000)
    done = client.post(submit, {"version": row.version, "seen": row.seen})
    assert done.url == reverse("loan_application_submitted", args=[row.pk])


def test_a_file_that_a_colleague_took_out_is_missed_before_handing_in(client):
    row = f.application("draft")
    client.force_login(row.applicant)
    upload = SimpleUploadedFile("증명.pdf", f.PDF, "application/pdf")
    client.post(reverse("loan_document_add", args=[row.pk]), {"code": "tax", "tax-file": upload})
    submit = reverse("loan_application_submit", args=[row.pk])
    seen = client.get(submit).context["application"].seen
    extra = documents_of(row).last()
    client.post(reverse("loan_document_remove", args=[row.pk, extra.key]))
    stale = client.post(submit, {"version": row.version, "seen": seen})
    assert stale.status_code == 409
    assert "서류" in stale.content.decode()


@pytest.mark.parametrize("version", ["", "²", "-1", "9" * 30, "9" * 5000])
def test_a_version_that_cannot_be_read_is_never_up_to_date(client, version):
    row = f.application("draft")
    client.force_login(row.applicant)
    url = reverse("loan_application_submit", args=[row.pk])
    assert client.post(url, {"version": version, "seen": row.seen}).status_code == 409
    assert (
        client.post(reverse("loan_application_withdraw", args=[row.pk]), {"version": version}).status_code
        == 409
    )


@pytest.mark.parametrize("amount", ["", "²", "-1", "1.5", "9" * 30, "9" * 5000])
def test_a_sum_that_cannot_be_read_is_not_what_was_shown(client, loan, amount):
    client.force_login(loan.borrower)
    sent = {"kind": "payoff", "amount": amount}
    assert client.post(reverse("loan_pay", args=[loan.pk]), sent).status_code == 409


@pytest.mark.parametrize("code", ["", "no", "tax\x00", "²"])
def test_a_document_that_nobody_asked_for(client, code):
    row = f.application("draft")
    client.force_login(row.applicant)
    assert client.post(reverse("loan_document_add", args=[row.pk]), {"code": code}).status_code == 404


# ── late and backdated ──────────────────────────────────────────────────────
def test_a_deposit_from_before_the_write_off_is_a_payment(travel, loan):
    travel("2026-06-10")
    write_off_loan(by=f.approver(), loan=loan, reason="회수 불능")
    before = f.pay(loan, 42_465, on=clock.today() - timedelta(days=3))
    same_day = f.pay(loan, 1_000)
    assert (before.kind, same_day.kind) == ("payment", "recovery")
    loan.refresh_from_db()
    assert loan.state == "written_off"
    assert list(differences()) == []


def test_a_backdated_deposit_that_leaves_nothing_to_write_off_is_refused(travel, loan):
    travel("2026-06-10")
    write_off_loan(by=f.approver(), loan=loan, reason="회수 불능")
    with pytest.raises(ImpossibleEntry):
        f.pay(loan, 60 * MILLION, on=clock.today() - timedelta(days=3))
    assert loan.entries.count() == 2


def test_what_a_recovery_brought_too_much_is_given_back(travel, loan):
    write_off_loan(by=f.approver(), loan=loan, reason="회수 불능")
    f.pay(loan, 50 * MILLION + 700)
    refund(by=f.finance(), loan=loan, amount=700, note="초과 납부 반환")
    loan.refresh_from_db()
    assert (loan.unapplied, list(differences())) == (0, [])


def test_a_disbursement_is_not_dated_before_its_approval(travel):
    row, office = f.loan("approved"), f.Office()
    with pytest.raises(ValidationError) as caught:
        disburse_loan(by=office.payer, loan=row, on=clock.today() - timedelta(days=1))
    assert set(caught.value.message_dict) == {"on"}
    assert not row.entries.exists()
    travel("2026-03-06")
    assert disburse_loan(by=office.payer, loan=row, on=clock.today() - timedelta(days=2)).state == "active"


def test_a_night_that_is_caught_up_does_not_take_the_figures_back(travel, loan):
    yesterday = clock.today() + timedelta(days=9)
    travel("2026-03-14")
    f.pay(loan, 5_000)
    close_day(yesterday)
    loan.refresh_from_db()
    assert (loan.unapplied, loan.as_of, loan.closed_through) == (5_000, clock.today(), yesterday)


# ── the queue ───────────────────────────────────────────────────────────────
def test_when_a_reserve_withdraws_the_next_one_that_fits_moves_up(travel):
    """120 million may be selected: 100 + 20. Then 20 become free, too little for the first reserve."""
    round_ = f.loan_round(plan=100 * MILLION)
    rows = [f.application("eligible", round_=round_, amount=a * MILLION) for a in (100, 20, 60, 20)]
    rows = [decide_application(by=f.secretary(), application=row, approved=True) for row in rows]
    assert [row.state for row in rows] == ["selected", "selected", "reserve", "reserve"]
    cancel_selection(by=f.finance(), application=rows[1], reason="포기")
    withdraw_application(by=rows[2].applicant, application=rows[2])
    found = LoanApplication.objects.in_bulk([row.pk for row in rows])
    assert [found[row.pk].state for row in rows] == ["selected", "cancelled", "withdrawn", "selected"]
    assert found[rows[2].pk].reserve_order is None
