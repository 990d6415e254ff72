"""What people see and send: one list of errors, nothing twice, nothing of others."""

import re
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override

from core.accounts.consents import required_texts
from core.accounts.models import Membership
from core.accounts.sections import sections_for
from core.accounts.worklist import todos_for
from core.documents.queries import documents_of
from core.payments.models import Charge
from loans.documents import certificate_facts
from loans.models import LoanApplication
from loans.queries.work import loan_todos
from loans.services.day_end import close_day
from loans.services.screening import return_application
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
CALCULATOR = "/loans/calculator/"


@pytest.fixture
def travel():
    with time_machine.travel(f.noon("2025-03-04"), tick=False) as traveller:
        yield lambda day: traveller.move_to(f.noon(day))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# ── calculator ──────────────────────────────────────────────────────────────
def test_calculator_is_exact_to_the_won(client):
    f.fund_years(f.product_with_conditions().fund)
    page = client.get(CALCULATOR, {"amount": "50,000,000", "product": "youth", "start": "2026-03-03"})
    assert page.status_code == 200
    words = text(page)
    for figure in ("42,465원", "1,041,666원", "1,041,698원"):
        assert figure in words


def test_calculator_with_own_terms_and_as_a_fragment(client):
    asked = {
        "amount": "1000000",
        "product": "own",
        "rate": "12",
        "method": "equal_payment",
        "frequency": "monthly",
        "instalments": "12",
        "grace": "0",
        "start": "2026-01-02",
    }
    page = client.get(CALCULATOR, asked, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert b"<html" not in page.content
    assert "12" in text(page)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"amount": "", "product": "youth"}, {"amount"}),
        ({"amount": "1", "product": "youth"}, {"amount"}),
        ({"amount": "1e99", "product": "own"}, {"amount", "rate", "instalments"}),
        ({"amount": "500000000", "product": "youth"}, {"amount"}),
        ({"amount": "50000000", "product": "no"}, {"product"}),
        (
            {"amount": "50000000", "product": "own", "rate": "21", "instalments": "481", "grace": "9"},
            {"rate", "instalments"},
        ),
        (
            {"amount": "50000000", "product": "own", "rate": "1", "instalments": "10", "grace": "10"},
            {"grace"},
        ),
        ({"amount": "50000000", "product": "youth", "start": "gestern"}, {"start"}),
    ],
)
def test_calculator_lists_all_that_is_wrong(client, asked, wrong):
    f.fund_years(f.product_with_conditions().fund)
    page = client.get(CALCULATOR, asked)
    assert page.status_code == 200
    assert set(page.context["form"].errors) == wrong
    assert page.context["result"] is None


def test_calculator_survives_a_date_far_away(client):
    f.fund_years(f.product_with_conditions().fund)
    for day in ("9999-12-31", "0001-01-01", "2099-01-01"):
        assert (
            client.get(CALCULATOR, {"amount": "50000000", "product": "youth", "start": day}).status_code
            == 200
        )


# ── applying ────────────────────────────────────────────────────────────────
def test_the_whole_way_of_an_applicant(client):
    round_, by = f.loan_round(), f.UserFactory()
    business = f.BusinessFactory(owner=by)
    client.force_login(by)
    apply = reverse("loan_apply", args=[round_.pk])
    refused = client.post(apply, {"business": business.pk})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {f"consent_{text.pk}" for text in required_texts("loan")}
    consents = {f"consent_{text.pk}": "on" for text in required_texts("loan")}
    started = client.post(apply, {"business": business.pk, **consents})
    assert by.consents.count() == len(consents)
    row = LoanApplication.objects.get()
    edit = reverse("loan_application_edit", args=[row.pk])
    assert started.url == edit
    assert client.get(edit).status_code == 200
    answers = {
        "amount": "50,000,000",
        "purpose": "시설자금",
        "plan": f.LONG_ENOUGH,
        "repayment_plan": f.LONG_ENOUGH,
        "security": "guarantee",
        "next": "1",
    }
    submit = reverse("loan_application_submit", args=[row.pk])
    assert client.post(edit, answers).url == submit
    assert len(client.get(submit).context["flaws"]) == 1
    assert client.post(submit, {"version": 0}).status_code == 422
    upload = SimpleUploadedFile("증명.pdf", f.PDF, "application/pdf")
    client.post(reverse("loan_document_add", args=[row.pk]), {"code": "tax", "tax-file": upload})
    assert documents_of(row).count() == 1
    shown = client.get(submit).context["application"]
    done = client.post(submit, {"version": 0, "seen": shown.seen})
    assert done.url == reverse("loan_application_submitted", args=[row.pk])
    row.refresh_from_db()
    assert row.receipt_number in text(client.get(done.url))
    again = client.post(submit, {"version": 0, "seen": shown.seen})  # a second click
    assert again.url == done.url
    assert row.history().count() == 1
    assert row.receipt_number in text(client.get(reverse("loan_application_status", args=[row.pk])))


def test_withdrawing_twice_leads_to_the_same_page(client):
    row = f.application("submitted")
    client.force_login(row.applicant)
    url = reverse("loan_application_withdraw", args=[row.pk])
    first, second = (client.post(url, {"version": row.version}) for _ in range(2))
    assert first.url == second.url == reverse("loan_application_status", args=[row.pk])
    assert row.history().filter(transition="withdraw").count() == 1


def test_a_second_click_of_somebody_else_is_a_conflict(client):
    row, colleague = f.application("draft"), f.UserFactory()
    Membership.objects.create(business=row.business, user=colleague)
    url = reverse("loan_application_submit", args=[row.pk])
    sent = {"version": row.version, "seen": row.seen}
    client.force_login(row.applicant)
    assert client.post(url, sent).status_code == 302
    client.force_login(colleague)
    assert client.post(url, sent).status_code == 409


def test_a_click_after_something_else_happened_is_a_conflict(client):
    row = f.application("draft")
    client.force_login(row.applicant)
    url = reverse("loan_application_submit", args=[row.pk])
    sent = {"version": row.version, "seen": row.seen}
    assert client.post(url, sent).status_code == 302
    return_application(by=f.finance(), application=row, reason="서류를 다시 올려 주세요.")
    assert client.post(url, sent).status_code == 409


def test_a_lying_file_is_refused_with_the_reason(client):
    row = f.application("draft")
    client.force_login(row.applicant)
    upload = SimpleUploadedFile("증명.pdf", b"MZ\x90\x00 no pdf", "application/pdf")
    page = client.post(reverse("loan_document_add", args=[row.pk]), {"code": "tax", "tax-file": upload})
    assert page.status_code == 422
    [refused] = page.context["refused"]
    assert refused.errors["file"]
    assert documents_of(row).count() == 1


def test_a_document_takes_no_end_of_files(client):
    row = f.application("draft")
    client.force_login(row.applicant)
    url = reverse("loan_document_add", args=[row.pk])
    for _ in range(6):
        upload = SimpleUploadedFile("증명.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
        page = client.post(url, {"code": "tax", "tax-file": upload})
    assert page.status_code == 422
    assert documents_of(row).filter(kind="tax").count() == 5


def test_no_file_is_added_or_removed_after_handing_in(client):
    row = f.application("submitted")
    client.force_login(row.applicant)
    kept = documents_of(row).first()
    upload = SimpleUploadedFile("증명.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    added = client.post(reverse("loan_document_add", args=[row.pk]), {"code": "tax", "tax-file": upload})
    removed = client.post(reverse("loan_document_remove", args=[row.pk, kept.key]))
    assert (added.status_code, removed.status_code) == (409, 409)
    assert list(documents_of(row)) == [kept]


def test_autosave_keeps_what_can_be_read_and_tells_what_cannot(client):
    row = f.application("draft")
    client.force_login(row.applicant)
    url = reverse("loan_application_autosave", args=[row.pk])
    fine = client.post(url, {"plan": "새 계획", "changed": ["plan"]})
    assert fine.json()["seen"]["plan"] == row.marks["plan"] + 1
    wrong = client.post(url, {"amount": "많이", "changed": ["amount"]})
    assert (wrong.status_code, "message" in wrong.json()) == (422, True)
    row.refresh_from_db()
    assert (row.plan, row.amount) == ("새 계획", 50_000_000)


def test_autosave_after_handing_in_tells_the_script_why_not(client):
    row = f.application("submitted")
    client.force_login(row.applicant)
    answer = client.post(
        reverse("loan_application_autosave", args=[row.pk]), {"plan": "늦은 말", "changed": ["plan"]}
    )
    assert answer.status_code == 409
    assert answer.json() == {"message": "제출한 내용은 고칠 수 없어요."}


def test_a_round_that_is_closed_says_when(client, travel):
    round_ = f.loan_round()
    travel("2025-04-30")
    client.force_login(f.UserFactory())
    assert "3월 18일" in text(client.get(reverse("loan_apply", args=[round_.pk])))


# ── the loan ────────────────────────────────────────────────────────────────
@override_settings(STRIPE_SECRET_KEY="sk_test_x")
def test_paying_twice_in_a_row_opens_one_charge(client, travel, monkeypatch):
    from core.payments import stripe

    monkeypatch.setattr(stripe, "is_configured", lambda: True)
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-04-04")
    client.force_login(loan.borrower)
    page = client.get(reverse("loan_detail", args=[loan.pk]))
    offer = page.context["main_offer"]
    assert (offer.kind, offer.amount) == ("due", 42_465)
    sent = {"kind": offer.kind, "amount": offer.amount}
    one, two = (client.post(reverse("loan_pay", args=[loan.pk]), sent) for _ in range(2))
    assert one.url == two.url
    assert Charge.objects.get().amount == 42_465
    other = client.post(reverse("loan_pay", args=[loan.pk]), {"kind": "due", "amount": 1})
    assert other.status_code == 409
    assert Charge.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "is_early", "words"),
    [
        ("2025-03-20", True, "지금 낼 금액이 없어요"),
        ("2025-03-21", False, "4월 4일"),
        ("2025-04-04", False, "지금 낼 금액"),
    ],
)
def test_an_instalment_is_something_to_do_two_weeks_before_its_day(client, travel, day, is_early, words):
    loan = f.loan(on=date(2025, 3, 4))
    travel(day)
    client.force_login(loan.borrower)
    page = client.get(reverse("loan_detail", args=[loan.pk]))
    assert page.context["main_offer"].is_early is is_early
    assert words in text(page)
    assert ("지금 낼 금액이 없어요" in text(page)) is is_early


def test_every_state_of_a_loan_has_a_page(client):
    for state in ("prepared", "approved", "active", "repaid"):
        loan = f.loan(state)
        client.force_login(loan.borrower)
        assert client.get(reverse("loan_detail", args=[loan.pk])).status_code == 200


def test_the_certificate_is_korean_whoever_asks():
    certificate = f.loan("repaid").certificates.get()
    korean = certificate_facts(certificate)
    with override("en"):
        assert certificate_facts(certificate) == korean
    assert korean["principal_digits"] == "50,000,000원"


def test_the_certificate_is_a_pdf_with_our_letters(client):
    from io import BytesIO

    from pypdf import PdfReader

    loan = f.loan("repaid")
    client.force_login(loan.borrower)
    response = client.get(reverse("loan_certificate", args=[loan.pk]))
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    words = reader.pages[0].extract_text()
    for word in ("완납증명서", loan.number, "금 오천만원정", "50,000,000원", loan.business.name):
        assert word in words
    fonts = reader.pages[0]["/Resources"]["/Font"]
    assert all("Pretendard" in str(fonts[name].get_object()["/BaseFont"]) for name in fonts)


def test_the_schedule_goes_into_a_spreadsheet(client):
    loan = f.loan()
    client.force_login(loan.borrower)
    rows = client.get(reverse("loan_schedule_csv", args=[loan.pk])).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 61


# ── work and counts ─────────────────────────────────────────────────────────
def test_what_waits_for_whom(travel):
    loan = f.loan(on=date(2025, 3, 4))
    office = f.Office()
    f.loan("prepared", office=office)
    travel("2025-04-10")
    close_day(date(2025, 4, 10))
    assert [todo.kind for todo in todos_for(loan.borrower)] == ["loan_overdue"]
    assert len(list(loan_todos(f.approver()))) == 1
    assert list(loan_todos(office.preparer)) != []
    assert [section.title for section in sections_for(loan.borrower)] != []


def test_finance_lands_on_its_figures_and_the_oldest_arrears(client, travel):
    f.loan(on=date(2025, 3, 4))
    travel("2025-04-10")
    close_day(date(2025, 4, 10))
    client.force_login(f.finance())
    home = text(client.get(reverse("wagtailadmin_home")))
    assert reverse("loans_dashboard") in home
    assert "연체 융자 1건" in home
    late = next(todo for todo in loan_todos(f.finance()) if "overdue" in todo.url)
    assert (late.due, late.count) == (date(2025, 4, 4), 1)
    client.force_login(f.secretary())
    assert reverse("loans_dashboard") + '">' not in text(client.get(reverse("wagtailadmin_home")))


@pytest.mark.parametrize("page", ["my_loans", "loan_detail"])
def test_more_rows_ask_no_more_queries(client, page, django_assert_max_num_queries, travel):
    by = f.UserFactory()
    loans = [f.loan(on=date(2025, 3, 4), by=by) for _ in range(2)]
    client.force_login(by)
    args = [loans[0].pk] if page == "loan_detail" else []
    url = reverse(page, args=args)
    client.get(url)
    few = queries_of(client, url)
    for _ in range(5):
        f.loan(on=date(2025, 3, 4), by=by)
        f.pay(loans[0], 1_000)
    assert queries_of(client, url) == few
    assert few <= 25


def queries_of(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# ── starting ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("businesses", "chosen"), [(1, True), (2, False)])
def test_the_only_business_is_chosen_already(client, businesses, chosen):
    round_, by = f.loan_round(), f.UserFactory()
    mine = [f.BusinessFactory(owner=by) for _ in range(businesses)]
    f.BusinessFactory(owner=f.UserFactory())
    client.force_login(by)
    page = client.get(reverse("loan_apply", args=[round_.pk]))
    form = page.context["form"]
    assert form["business"].value() == (mine[0].pk if chosen else None)
    assert (" checked" in str(form["business"])) is chosen
    assert "business" in client.post(reverse("loan_apply", args=[round_.pk]), {}).context["form"].errors
