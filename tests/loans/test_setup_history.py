"""Rates, plans, products and what they ask: who changed what, from what to what and why; never behind one's back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, NotNow, Stale
from loans.models import EligibilityItem, Fund, FundYear, Loan, LoanRound, Product, ProductDocument
from loans.queries.setup import why_locked
from loans.services.rounds import close_round, publish_round
from loans.services.setup import add_part, add_setup, change_part, change_setup, delete_part
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
MILLION = 1_000_000
WHY = "구청장 방침 정정"


@pytest.fixture
def office(client):
    client.force_login(f.finance())
    return client


@pytest.fixture
def year():
    """This year of the youth fund at 1 %, as a newspaper reported it."""
    row = f.fund_years(f.product_with_conditions().fund)
    row.source = "2026년 융자계획 보도"
    row.save()
    return row


def drawn(client, namespace, row, **changes):
    """The fields of the form as its page was drawn, with what a clerk types instead."""
    form = client.get(reverse(f"{namespace}:edit", args=[row.pk])).context["form"]
    shown = {field.html_name: field.value() for field in form}
    return {
        name: value for name, value in shown.items() if value is not None and value is not False
    } | changes


def send(client, namespace, row, data):
    return client.post(reverse(f"{namespace}:edit", args=[row.pk]), data)


def wrong(answer):
    assert answer.status_code == 200
    return set(answer.context["form"].errors)


def last(row):
    change = row.history().first()
    return change.by, change.reason


# ── a year's rate and plan ──────────────────────────────────────────────────
def test_the_rate_is_shown_and_typed_in_per_cent(office, year):
    data = drawn(office, "loans_fund_years", year)
    assert data["annual_rate"] == "1"
    answer = send(
        office, "loans_fund_years", year, data | {"annual_rate": "0.8", "source": "정정 공고", "reason": WHY}
    )
    assert answer.status_code == 302
    year.refresh_from_db()
    assert year.annual_rate == Decimal("0.008")


def test_a_changed_rate_needs_a_reason_and_a_source_of_its_own(office, year):
    data = drawn(office, "loans_fund_years", year, annual_rate="18")
    assert wrong(send(office, "loans_fund_years", year, data)) == {"reason", "source"}
    assert wrong(send(office, "loans_fund_years", year, data | {"reason": WHY})) == {"source"}
    year.refresh_from_db()
    assert (year.annual_rate, year.version) == (Decimal("0.01"), 0)
    empty = send(office, "loans_fund_years", year, data | {"reason": WHY, "source": ""})
    assert empty.status_code == 302
    year.refresh_from_db()
    assert (year.annual_rate, year.source) == (Decimal("0.18"), "")


def test_the_same_announcement_may_say_so_too(office, year):
    data = drawn(office, "loans_fund_years", year, annual_rate="1.2", reason=WHY)
    assert send(office, "loans_fund_years", year, data | {"source_holds": "on"}).status_code == 302
    year.refresh_from_db()
    assert (year.annual_rate, year.source) == (Decimal("0.012"), "2026년 융자계획 보도")


@pytest.mark.parametrize("rate", ["20.001", "100", "-1", "NaN", "1e-9", ""])
def test_no_rate_above_the_law_and_none_that_is_no_rate(office, year, rate):
    data = drawn(office, "loans_fund_years", year, annual_rate=rate, reason=WHY, source="새 공고")
    assert wrong(send(office, "loans_fund_years", year, data)) == {"annual_rate"}


def test_the_history_says_who_changed_what_from_what_to_what_and_why(office, year):
    staff = f.finance()
    change_setup(
        by=staff,
        row=year,
        values={"annual_rate": Decimal("0.012"), "source": "정정 공고", "plan_amount": year.plan_amount},
        reason=WHY,
    )
    words = "연이율: 1% → 1.2%; 공고 출처: 2026년 융자계획 보도 → 정정 공고 — 구청장 방침 정정"
    assert last(year) == (staff, words)
    page = office.get(reverse("loans_fund_years:inspect", args=[year.pk])).content.decode()
    assert words in page
    assert staff.name in page


def test_a_stale_page_is_told_what_changed(office, year):
    data = drawn(
        office, "loans_fund_years", year, plan_amount="1,000,000,000", source="다른 공고", reason=WHY
    )
    change_setup(
        by=f.finance(),
        row=year,
        values={"annual_rate": Decimal("0.015"), "source": "정정 공고"},
        reason="이율 정정",
    )
    answer = send(office, "loans_fund_years", year, data)
    assert answer.status_code == 409
    assert "1% → 1.5%" in answer.content.decode()
    assert send(office, "loans_fund_years", year, data | {"version": ""}).status_code == 409
    year.refresh_from_db()
    assert (year.plan_amount, year.source) == (2_000 * MILLION, "정정 공고")


def test_while_applications_run_nothing_is_taken_from_them(office, year):
    f.loan_round(product=year.fund.products.get())
    page = office.get(reverse("loans_fund_years:edit", args=[year.pk]))
    assert page.context["locked"] in page.content.decode()
    more = {"annual_rate": "1.5", "plan_amount": "1", "source": "새 공고", "reason": WHY}
    data = drawn(office, "loans_fund_years", year)
    assert wrong(send(office, "loans_fund_years", year, data | more)) == {"annual_rate", "plan_amount"}
    less = {"annual_rate": "0.8", "plan_amount": "3,000,000,000", "source": "새 공고", "reason": WHY}
    assert send(office, "loans_fund_years", year, data | less).status_code == 302
    other = f.FundFactory(code="sme", prefix="S", name="다른 기금")
    send(office, "loans_fund_years", year, drawn(office, "loans_fund_years", year, fund=other.pk, year=2030))
    year.refresh_from_db()
    assert (year.annual_rate, year.fund.code, year.year) == (Decimal("0.008"), "youth", clock.today().year)


def test_the_plan_is_not_cut_below_what_was_paid_out(year):
    loan = f.loan("active")
    LoanRound.objects.update(closes_at=clock.now())
    close_round(by=f.finance(), loan_round=loan.application.round)
    with pytest.raises(ValidationError) as caught:
        change_setup(
            by=f.finance(), row=year, values={"plan_amount": 49 * MILLION, "source": "새 공고"}, reason=WHY
        )
    assert set(caught.value.message_dict) == {"plan_amount"}
    change_setup(
        by=f.finance(), row=year, values={"plan_amount": 50 * MILLION, "source": "새 공고"}, reason=WHY
    )


def test_a_year_that_nobody_reads_yet_needs_no_reason(year):
    later = FundYear.objects.get(fund=year.fund, year=year.year + 1)
    change_setup(by=f.finance(), row=later, values={"annual_rate": Decimal("0.02")})
    assert "1% → 2%" in last(later)[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("year", value) for value in ("0", "1999", "2101", "32767", "99999")],
        *[("plan_amount", value) for value in ("-5", str(10**13), str(10**19), "x")],
    ],
)
def test_a_year_or_plan_that_cannot_be(office, year, field, value):
    data = {"fund": year.fund_id, "year": "2050", "plan_amount": "1", "annual_rate": "1", field: value}
    assert wrong(office.post(reverse("loans_fund_years:add"), data)) == {field}


# ── products ────────────────────────────────────────────────────────────────
def test_a_product_of_an_open_round_keeps_its_terms(office, year):
    product = year.fund.products.get()
    f.loan_round(product=product)
    page = office.get(reverse("loans_products:edit", args=[product.pk]))
    enabled = {name for name, field in page.context["form"].fields.items() if not field.disabled}
    assert enabled == {"summary", "version", "reason"}
    assert page.context["locked"] in page.content.decode()
    with pytest.raises(NotNow):
        change_setup(by=f.finance(), row=product, values={"limit": 7 * MILLION}, reason=WHY)
    with pytest.raises(NotNow):
        change_setup(by=f.finance(), row=year.fund, values={"selection_percent": 100}, reason=WHY)
    change_setup(by=f.finance(), row=product, values={"summary": "새 설명"}, reason=WHY)


def test_applications_that_run_lock_the_product_until_they_are_paid_out(year, time_machine):
    """The terms are worked out from the product on the day of the disbursement: until then they stay."""
    product, office = year.fund.products.get(), f.Office()
    row = f.loan("approved", office=office)
    time_machine.move_to(row.application.round.closes_at, tick=False)
    close_round(by=f.finance(), loan_round=row.application.round)
    assert why_locked(product)
    from loans.services.disbursement import disburse_loan

    disburse_loan(by=office.payer, loan=row)
    assert not why_locked(product)
    terms = row.terms
    change_setup(by=f.finance(), row=product, values={"instalments": 36}, reason=WHY)
    row.refresh_from_db()
    assert row.terms["instalments"] == terms["instalments"] == 60


def test_a_reserve_holds_its_product_for_its_year(year, time_machine):
    product = year.fund.products.get()
    row = f.application("reserve", round_=f.loan_round(product=product, plan=10 * MILLION))
    time_machine.move_to(row.round.closes_at, tick=False)
    close_round(by=f.finance(), loan_round=row.round)
    assert why_locked(product)
    time_machine.move_to(row.round.closes_at + timedelta(days=366), tick=False)
    assert not why_locked(product)


def test_a_public_product_changes_with_a_reason(office, year):
    product = year.fund.products.get()
    data = drawn(office, "loans_products", product, limit="200,000,000", late_spread="2.5")
    assert wrong(send(office, "loans_products", product, data)) == {"reason"}
    answer = send(office, "loans_products", product, data | {"reason": WHY})
    assert answer.url == reverse("loans_products:inspect", args=[product.pk])
    product.refresh_from_db()
    assert (product.limit, product.late_spread, product.version) == (200 * MILLION, Decimal("0.025"), 1)
    words = last(product)[1]
    assert "100,000,000원 → 200,000,000원" in words
    assert "3% → 2.5%" in words
    assert send(office, "loans_products", product, data | {"reason": WHY}).status_code == 409


def test_a_product_that_nobody_reads_needs_no_reason(year):
    product = f.ProductFactory(code="draft", name="준비 중", is_public=False)
    change_setup(by=f.finance(), row=product, values={"limit": 200 * MILLION})
    assert product.history().count() == 1


def test_what_a_product_asks_for_stands_in_its_history(office, year):
    product = year.fund.products.get()
    wanted = product.documents.get()
    with pytest.raises(ValidationError) as caught:
        change_part(by=f.finance(), part=wanted, values={"required": False})
    assert set(caught.value.message_dict) == {"reason"}
    change_part(by=f.finance(), part=wanted, values={"required": False}, reason=WHY, expected_version=0)
    with pytest.raises(Stale) as stale:
        change_part(by=f.finance(), part=wanted, values={"order": 3}, reason=WHY, expected_version=0)
    assert "예 → 아니요" in stale.value.changes[0].what
    item = product.eligibility_items.first()
    change_part(by=f.finance(), part=item, values={"parameter": "40"})
    added = add_part(by=f.finance(), part=ProductDocument(product=product, code="lease", name="임대차계약서"))
    delete_part(by=f.finance(), part=added)
    page = office.get(reverse("loans_products:inspect", args=[product.pk])).content.decode()
    for words in ("예 → 아니요", "39 → 40", "“임대차계약서”: 추가", "“임대차계약서”: 삭제", WHY):
        assert words in page
    data = drawn(office, "loans_product_documents", wanted, name="국세 납세증명")
    change_part(by=f.finance(), part=item, values={"parameter": "41"})
    assert send(office, "loans_product_documents", wanted, data | {"reason": WHY}).status_code == 409


def test_adding_goes_through_the_services_and_is_told(office, year):
    staff = f.finance()
    fund = add_setup(by=staff, row=Fund(code="sme", name="중소기업육성기금", short_name="중소", prefix="S"))
    assert last(fund)[0] == staff
    with pytest.raises(ValidationError):
        add_setup(by=staff, row=FundYear(fund=fund, year=1, plan_amount=1, annual_rate=Decimal("0.01")))
    data = {"fund": fund.pk, "year": "2026", "plan_amount": "2,000,000,000", "annual_rate": "1.5"}
    assert office.post(reverse("loans_fund_years:add"), data).status_code == 302
    assert FundYear.objects.get(fund=fund).history().count() == 1
    opens = {"opens_at": "2026-12-01 09:00", "closes_at": "2026-12-31 18:00", "plan_amount": "5"}
    about = {"fund_year": year.pk, "product": year.fund.products.get().pk, "title": "새 융자계획"}
    assert office.post(reverse("loans_rounds:add"), opens | about).status_code == 302
    assert LoanRound.objects.get(title="새 융자계획").history().count() == 1


@pytest.mark.parametrize("who", [f.secretary, f.approver, f.UserFactory])
def test_only_those_who_keep_products_set_up(year, who):
    with pytest.raises(NotAllowed):
        change_setup(by=who(), row=year, values={"plan_amount": 1}, reason=WHY)
    with pytest.raises(NotAllowed):
        add_setup(by=who(), row=Product(fund=year.fund))
    with pytest.raises(NotAllowed):
        add_part(by=who(), part=EligibilityItem(product=year.fund.products.get(), label="x"))


# ── what the engine refuses, at the form's fields ───────────────────────────
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("instalments", "2000", "1부터 1200까지"),
        ("instalments", "0", ""),
        ("grace_instalments", "60", "거치 기간"),
        ("interest_unit", "0", ""),
        ("late_cap", "21", "20%"),
        ("minimum", "200,000,000", ""),
        ("micro_limit", "200,000,000", ""),
        ("limit", "0", ""),
        ("amount_step", "0", ""),
        ("allocation_order", '["fee", "fee"]', ""),
        ("allocation_order", '["fee", "gift"]', ""),
        ("purposes", "[1]", ""),
    ],
)
def test_an_impossible_product_is_refused_at_its_field_in_korean(office, year, field, value, words):
    product = year.fund.products.get()
    answer = send(
        office,
        "loans_products",
        product,
        drawn(office, "loans_products", product, reason=WHY, **{field: value}),
    )
    assert wrong(answer) == {field}
    message = " ".join(answer.context["form"].errors[field])
    assert words in message
    assert not any("a" <= letter <= "z" for letter in message.lower())


def test_whole_periods_do_not_go_with_interest_that_follows(office, year):
    product = year.fund.products.get()
    data = drawn(office, "loans_products", product, day_count="periods", interest_follows="on", reason=WHY)
    assert wrong(send(office, "loans_products", product, data)) == {"interest_follows"}


def test_a_product_that_slipped_in_is_told_when_the_loan_is_prepared(office, year):
    application = f.application("selected")
    Product.objects.update(instalments=2000)
    sent = {"version": application.version, "planned_on": clock.today(), "due_day": 1}
    answer = office.post(reverse("loanapplication:act", args=[application.pk, "prepare"]), sent)
    assert answer.status_code == 422
    assert "청년기업 융자" in answer.content.decode()


# ── days ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "moment", ["0001-01-01 00:00", "1899-12-31 23:59", "2101-01-01 00:00", "9999-12-31 23:59"]
)
@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
def test_a_round_lies_in_sensible_years(office, year, field, moment):
    sent = {
        "fund_year": year.pk,
        "product": year.fund.products.get().pk,
        "title": "먼 융자계획",
        "opens_at": "2026-12-01 09:00",
        "closes_at": "2026-12-31 18:00",
        "plan_amount": "5",
        field: moment,
    }
    assert field in wrong(office.post(reverse("loans_rounds:add"), sent))
    assert not LoanRound.objects.filter(title="먼 융자계획").exists()
    row = f.loan_round(published=False)
    assert field in wrong(
        send(office, "loans_rounds", row, drawn(office, "loans_rounds", row, **{field: moment}))
    )
    publish_round(by=f.finance(), loan_round=row)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("make", "action", "field"),
    [
        (lambda: f.application("selected"), "prepare", "planned_on"),
        (lambda: f.application("submitted"), "return", "correct_by"),
        (lambda: f.loan("approved"), "disburse", "on"),
        (lambda: f.loan("active"), "deposit", "deposited_on"),
    ],
)
def test_a_day_lies_in_sensible_years(office, make, action, field, day):
    row = make()
    namespace = "loan" if isinstance(row, Loan) else "loanapplication"
    url = reverse(f"{namespace}:act", args=[row.pk, action])
    value = f"{day}T00:00" if field == "correct_by" else day
    answer = office.post(url, {"version": row.version, field: value})
    assert answer.status_code == 422
    form = next(one["form"] for one in answer.context["open_actions"] if one["action"].name == action)
    assert any(limit in form.errors[field][0] for limit in ("1900년 1월 1일", "2100년 12월 31일"))
