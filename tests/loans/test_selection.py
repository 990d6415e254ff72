"""From handing in to a place in the plan."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from core import clock
from core.committees.signals import decided
from core.errors import NotNow, Stale
from core.notices.models import Notice
from loans.models import LoanApplication
from loans.queries.applications import applications_for, overdue
from loans.queries.eligibility import checklist, full_months, full_years
from loans.queries.funds import budget_left
from loans.queries.readiness import amount_words, flaws_of
from loans.services.applications import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from loans.services.contracts import cancel_loan
from loans.services.decisions import cancel_selection, decide_application
from loans.services.disbursement import disburse_loan
from loans.services.rounds import change_round
from loans.services.screening import confirm_eligible, return_application
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


def test_all_flaws_at_once():
    round_ = f.loan_round()
    by = f.UserFactory()
    row = start_application(by=by, loan_round=round_, business=f.BusinessFactory(owner=by))
    with pytest.raises(ValidationError) as caught:
        submit_application(by=by, application=row)
    assert set(caught.value.message_dict) == {"amount", "purpose", "plan", "repayment_plan", "document_tax"}
    row.refresh_from_db()
    assert (row.state, row.receipt_number) == ("draft", None)


@pytest.mark.parametrize(
    ("amount", "is_micro", "is_fine"),
    [
        (10 * MILLION, False, True),
        (10 * MILLION - 1, False, False),
        (9 * MILLION, False, False),
        (100 * MILLION, False, True),
        (101 * MILLION, False, False),
        (50 * MILLION, True, True),
        (51 * MILLION, True, False),
        (10 * MILLION + 500_000, False, False),
    ],
)
def test_amount_limits(amount, is_micro, is_fine):
    by = f.UserFactory()
    row = f.application(
        "draft", by=by, business=f.BusinessFactory(owner=by, is_micro=is_micro), amount=amount
    )
    assert ([flaw.field for flaw in flaws_of(row)] == []) is is_fine


@pytest.mark.parametrize(("amount", "is_fine"), [(MILLION, True), (0, False), (500_000, False)])
def test_without_an_announced_minimum_the_least_is_one_step(amount, is_fine):
    """The SME fund's rule names no smallest amount: none is told to the applicant."""
    row = f.application("draft", amount=amount, product=f.ProductFactory(code="open", minimum=None))
    assert ([flaw.field for flaw in flaws_of(row)] == []) is is_fine
    assert amount_words(row) == "1억원까지, 100만원 단위로 적어 주세요."


def test_receipt_numbers_rise_and_a_double_click_gives_one():
    round_ = f.loan_round()
    year = clock.today().year % 100
    first, second = (f.application("submitted", round_=round_) for _ in range(2))
    assert [first.receipt_number, second.receipt_number] == [f"Y{year}-R0001", f"Y{year}-R0002"]
    with pytest.raises(NotNow):
        submit_application(by=first.applicant, application=first)
    assert LoanApplication.objects.filter(receipt_number=first.receipt_number).count() == 1


def test_starting_twice_gives_the_same_draft():
    round_, by = f.loan_round(), f.UserFactory()
    business = f.BusinessFactory(owner=by)
    one, two = (start_application(by=by, loan_round=round_, business=business) for _ in range(2))
    assert one.pk == two.pk
    withdraw_application(by=by, application=one)
    assert start_application(by=by, loan_round=round_, business=business).pk != one.pk


def test_too_late_says_both_times_and_keeps_the_draft():
    row = f.application("draft")
    closes = row.round.closes_at
    with time_machine.travel(closes + timedelta(minutes=1), tick=False), pytest.raises(NotNow) as caught:
        submit_application(by=row.applicant, application=row)
    assert f"{timezone.localtime(closes):%Y-%m-%d %H:%M}" in str(caught.value.message)
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_stale_page_is_refused():
    row = f.application("draft")
    submitted = submit_application(by=row.applicant, application=row, expected_version=0)
    with pytest.raises(Stale):
        return_application(by=f.finance(), application=submitted, reason="서류", expected_version=0)


def test_what_was_submitted_cannot_be_changed_until_it_is_returned():
    row = f.application("submitted")
    with pytest.raises(NotNow):
        save_application(by=row.applicant, application=row, values={"amount": 20 * MILLION})
    row = return_application(by=f.finance(), application=row, reason="금액을 고쳐 주세요.")
    save_application(by=row.applicant, application=row, values={"amount": 20 * MILLION})
    number = row.receipt_number
    again = submit_application(by=row.applicant, application=row)
    assert (again.state, again.receipt_number, again.amount) == ("submitted", number, 20 * MILLION)


def test_every_condition_must_be_confirmed():
    row = f.application("submitted")
    with pytest.raises(ValidationError) as caught:
        confirm_eligible(by=f.finance(), application=row)
    assert "만 39세 이하" in str(caught.value)


def test_hints_are_worked_out_from_what_is_known():
    by = f.UserFactory(birth_date=date(1980, 1, 1))
    row = f.application("submitted", by=by)
    assert [(line.item.hint, line.hint) for line in checklist(row)] == [("age", False), ("address", True)]
    by.birth_date = None
    by.save()
    row.refresh_from_db()
    assert checklist(row)[0].hint is None


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1986, 11, 22), date(2026, 11, 21), 39),
        (date(1986, 11, 22), date(2026, 11, 22), 40),
        (date(2000, 2, 29), date(2025, 2, 28), 24),
    ],
)
def test_full_years(born, on, years):
    assert full_years(born, on) == years


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [(date(2026, 1, 15), date(2026, 7, 14), 5), (date(2026, 1, 15), date(2026, 7, 15), 6)],
)
def test_full_months(since, on, months):
    assert full_months(since, on) == months


def test_up_to_120_percent_then_reserves_in_order_and_they_move_up():
    """A plan of 100 million: 120 million may be selected."""
    round_ = f.loan_round(plan=100 * MILLION)
    rows = [f.application("eligible", round_=round_, amount=50 * MILLION) for _ in range(5)]
    decided_rows = [decide_application(by=f.secretary(), application=row, approved=True) for row in rows]
    assert [(r.state, r.reserve_order) for r in decided_rows] == [
        ("selected", None),
        ("selected", None),
        ("reserve", 1),
        ("reserve", 2),
        ("reserve", 3),
    ]
    cancel_selection(by=f.finance(), application=decided_rows[0], reason="본인 포기")
    states = {r.pk: (r.state, r.reserve_order) for r in LoanApplication.objects.all()}
    assert [states[r.pk] for r in rows] == [
        ("cancelled", None),
        ("selected", None),
        ("selected", None),
        ("reserve", 2),
        ("reserve", 3),
    ]
    moved = LoanApplication.objects.get(pk=rows[2].pk)
    assert moved.history().first().transition == "promote"
    assert Notice.objects.filter(recipient=moved.applicant, event="loans.application_selected").count() == 1


def test_a_reserve_that_does_not_fit_is_not_passed_over():
    round_ = f.loan_round(plan=100 * MILLION)
    small, big = (f.application("eligible", round_=round_, amount=a * MILLION) for a in (30, 90))
    decide_application(by=f.secretary(), application=small, approved=True)
    decide_application(by=f.secretary(), application=big, approved=True)
    waiting = [f.application("eligible", round_=round_, amount=a * MILLION) for a in (60, 20)]
    first, second = (decide_application(by=f.secretary(), application=row, approved=True) for row in waiting)
    small.refresh_from_db()
    cancel_selection(by=f.finance(), application=small, reason="포기")
    states = dict(LoanApplication.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == ("reserve", "reserve")


def test_nobody_is_selected_past_a_reserve_unless_the_committee_puts_them_first():
    round_ = f.loan_round(plan=100 * MILLION)
    rows = [f.application("eligible", round_=round_, amount=a * MILLION) for a in (100, 50, 10, 10)]
    for row in rows[:3]:
        decide_application(by=f.secretary(), application=row, approved=True)
    found = LoanApplication.objects.in_bulk([row.pk for row in rows])
    assert [found[row.pk].state for row in rows[:3]] == ["selected", "reserve", "reserve"]
    LoanApplication.objects.filter(pk=rows[1].pk).update(reserve_order=3)
    first = decide_application(by=f.secretary(), application=rows[3], approved=True, rank=1)
    assert first.state == "selected"


def test_a_raised_plan_moves_the_reserves_up():
    round_ = f.loan_round(plan=100 * MILLION)
    rows = [f.application("eligible", round_=round_, amount=a * MILLION) for a in (100, 50, 90)]
    for row in rows:
        decide_application(by=f.secretary(), application=row, approved=True)
    round_.refresh_from_db()
    change_round(by=f.finance(), loan_round=round_, values={"plan_amount": 150 * MILLION})
    found = LoanApplication.objects.in_bulk([row.pk for row in rows])
    assert [(found[row.pk].state, found[row.pk].reserve_order) for row in rows] == [
        ("selected", None),
        ("selected", None),
        ("reserve", 2),
    ]


def test_the_committees_decision_arrives_by_signal():
    rows = [f.application("eligible") for _ in range(3)]
    outcomes = [("amended", 30 * MILLION), ("rejected", None), ("deferred", None)]
    for row, (outcome, amount) in zip(rows, outcomes, strict=True):
        decision = SimpleNamespace(outcome=outcome, amount=amount, rank=None, note="의결")
        decided.send(LoanApplication, subject=row, decision=decision, by=f.secretary())
    found = dict(LoanApplication.objects.values_list("pk", "state"))
    assert [found[row.pk] for row in rows] == ["selected", "rejected", "eligible"]
    rows[0].refresh_from_db()
    assert rows[0].decided_amount == 30 * MILLION


def test_the_committee_cannot_give_more_than_the_limit():
    with pytest.raises(ValidationError):
        decide_application(
            by=f.secretary(), application=f.application("eligible"), approved=True, amount=200 * MILLION
        )


@pytest.mark.parametrize(
    ("selected", "draw_by"),
    [("2026-01-31", "2026-04-30"), ("2025-11-30", "2026-02-28"), ("2026-05-10", "2026-08-10")],
)
def test_to_be_drawn_within_three_months(selected, draw_by):
    with time_machine.travel(f.noon(selected), tick=False):
        row = f.application("selected")
    assert row.draw_by == date.fromisoformat(draw_by)
    with time_machine.travel(f.noon(draw_by), tick=False):
        assert not applications_for(f.finance()).filter(overdue("draw")).exists()
    with time_machine.travel(f.noon(draw_by) + timedelta(days=1), tick=False):
        assert list(applications_for(f.finance()).filter(overdue("draw"))) == [row]


def test_the_plan_is_not_overdrawn():
    """120 % may be selected, but no more than the plan is paid out."""
    round_ = f.loan_round(plan=100 * MILLION)
    round_.fund_year.plan_amount = 70 * MILLION
    round_.fund_year.save()
    first = f.loan("active", round_=round_)
    assert budget_left(first.fund_year) == 20 * MILLION
    second = f.loan("approved", round_=round_)
    with pytest.raises(ValidationError):
        disburse_loan(by=f.finance(), loan=second)
    assert not second.entries.exists()


@pytest.mark.parametrize("who", [f.finance, f.approver])
def test_calling_a_loan_off_frees_its_place(who):
    round_ = f.loan_round(plan=50 * MILLION)
    row = f.loan("prepared", round_=round_)
    reserve = f.application("reserve", round_=round_)
    cancel_loan(by=who(), loan=row, reason="신용보증 거절")
    row.application.refresh_from_db()
    reserve.refresh_from_db()
    assert (row.application.state, reserve.state) == ("cancelled", "selected")


def test_the_rate_is_that_of_the_year_of_disbursement():
    with time_machine.travel(f.noon("2025-12-30"), tick=False):
        row = f.loan("approved")
        year = row.fund_year
        type(year).objects.filter(fund=year.fund, year=2026).update(annual_rate="0.015")
    with time_machine.travel(f.noon("2026-01-05"), tick=False):
        row = disburse_loan(by=f.finance(), loan=row)
    assert str(row.annual_rate) == "0.01500"
    assert row.terms["annual_rate"] == "3/200"
