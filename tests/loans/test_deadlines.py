"""The very moment: rounds are open from ``opens_at`` to just before ``closes_at``; corrections have their own end."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.accounts.worklist import todos_for
from core.errors import NotAllowed, NotNow
from core.notices.models import Notice
from core.workflow.perform import can_perform
from loans.models import LoanApplication
from loans.queries.public import open_rounds
from loans.queries.status import what_next
from loans.queries.work import loan_todos
from loans.services.applications import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from loans.services.day_end import close_day
from loans.services.rounds import close_round
from loans.services.screening import (
    Finding,
    confirm_eligible,
    record_checks,
    refuse_application,
    return_application,
)
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


@pytest.fixture
def travel():
    with time_machine.travel(f.noon("2026-03-04"), tick=False) as traveller:
        yield traveller.move_to


# ── the round ───────────────────────────────────────────────────────────────
def test_a_round_closes_at_its_closing_moment(travel):
    round_ = f.loan_round()
    by = f.UserFactory()
    business = f.BusinessFactory(owner=by)
    row = f.application("draft", round_=round_)
    travel(round_.closes_at - TICK)
    assert round_.is_open(clock.now())
    assert list(open_rounds()) == [round_]
    with pytest.raises(NotNow):
        close_round(by=f.finance(), loan_round=round_)
    close_day(clock.today())
    travel(round_.closes_at)
    assert not round_.is_open(clock.now())
    assert not open_rounds().exists()
    with pytest.raises(NotNow):
        start_application(by=by, loan_round=round_, business=business)
    with pytest.raises(NotNow) as caught:
        submit_application(by=row.applicant, application=row)
    assert f"{timezone.localtime(round_.closes_at):%Y-%m-%d %H:%M:%S}" in str(caught.value.message)
    close_day(clock.today())
    round_.refresh_from_db()
    assert round_.state == "closed"


def test_one_microsecond_before_is_in_time(travel):
    row = f.application("draft")
    travel(row.round.closes_at - TICK)
    assert submit_application(by=row.applicant, application=row).state == "submitted"


def test_a_round_opens_at_its_opening_moment(travel):
    round_ = f.loan_round()
    assert not round_.is_open(round_.opens_at - TICK)
    assert round_.is_open(round_.opens_at)


def test_a_round_that_closes_before_it_opens_is_said_at_the_field():
    round_ = f.loan_round()
    round_.closes_at = round_.opens_at
    with pytest.raises(ValidationError) as caught:
        round_.clean()
    assert "closes_at" in caught.value.message_dict


# ── corrections ─────────────────────────────────────────────────────────────
@pytest.fixture
def returned(travel):
    """Returned with a deadline two days after the round closes."""
    row = f.application("submitted")
    due = row.round.closes_at + timedelta(days=2)
    return return_application(by=f.finance(), application=row, reason="납세증명", correct_by=due)


def test_corrected_after_the_round_has_closed_but_in_time(returned, travel):
    first = returned.submitted_at
    travel(returned.correct_by - TICK)
    close_day(clock.today())
    again = submit_application(by=returned.applicant, application=returned)
    assert (again.state, again.correct_by, again.submitted_at) == ("submitted", None, first)


def test_corrected_too_late_is_refused_with_both_times_and_the_text_is_kept(returned, travel):
    travel(returned.correct_by)
    save_application(by=returned.applicant, application=returned, values={"plan": "고친 계획"})
    with pytest.raises(NotNow) as caught:
        submit_application(by=returned.applicant, application=returned)
    assert f"{timezone.localtime(returned.correct_by):%Y-%m-%d %H:%M:%S}" in str(caught.value.message)
    returned.refresh_from_db()
    assert (returned.state, returned.plan) == ("returned", "고친 계획")


def test_without_a_deadline_none_is_enforced(returned, travel):
    """Returned before corrections had a deadline: nobody was told one."""
    LoanApplication.objects.filter(pk=returned.pk).update(correct_by=None)
    returned.refresh_from_db()
    travel(returned.round.closes_at + timedelta(days=90))
    assert submit_application(by=returned.applicant, application=returned).state == "submitted"


@pytest.mark.parametrize("days", [0, -1])
def test_a_deadline_that_is_not_ahead_is_refused(travel, days):
    row = f.application("submitted")
    with pytest.raises(ValidationError) as caught:
        return_application(
            by=f.finance(), application=row, reason="서류", correct_by=clock.now() + timedelta(days=days)
        )
    assert set(caught.value.message_dict) == {"correct_by"}


def test_who_may_not_return_is_told_so_before_the_input_is_read():
    row = f.application("submitted")
    with pytest.raises(NotAllowed):
        return_application(by=f.secretary(), application=row, reason="")


def test_the_list_behind_a_todo_shows_what_it_counts(client, travel, returned):
    selected = f.application("selected", round_=returned.round)
    others = [f.application("submitted", round_=returned.round), f.application("selected")]
    return_application(by=f.finance(), application=others[0], reason="납세증명")
    travel(f.noon(str(selected.draw_by + timedelta(days=1))))
    LoanApplication.objects.filter(pk=others[0].pk).update(correct_by=clock.now() + timedelta(days=1))
    LoanApplication.objects.filter(pk=others[1].pk).update(draw_by=clock.today())
    staff = f.finance()
    client.force_login(staff)
    found = {todo.url.partition("overdue=")[2]: todo for todo in loan_todos(staff) if "overdue" in todo.url}
    for what, row in (("correction", returned), ("draw", selected)):
        listed = list(client.get(found[what].url).context["object_list"])
        assert (listed, found[what].count) == ([row], 1)


def test_the_applicant_has_their_time_before_a_refusal(returned, travel):
    travel(returned.correct_by - TICK)
    with pytest.raises(NotNow):
        refuse_application(by=f.finance(), application=returned, reason="보완하지 않음")
    travel(returned.correct_by)
    assert [todo.title for todo in loan_todos(f.finance()) if "state=returned" in todo.url] != []
    row = refuse_application(by=f.finance(), application=returned, reason="보완하지 않음")
    assert (row.state, row.correct_by) == ("ineligible", None)


def test_without_a_deadline_nobody_is_refused_while_the_round_is_open(returned, travel):
    LoanApplication.objects.filter(pk=returned.pk).update(correct_by=None)
    travel(returned.round.closes_at - TICK)
    with pytest.raises(NotNow):
        refuse_application(by=f.finance(), application=returned, reason="보완하지 않음")
    travel(returned.round.closes_at)
    assert (
        refuse_application(by=f.finance(), application=returned, reason="보완하지 않음").state == "ineligible"
    )


def test_the_deadline_is_told_everywhere(returned, client, travel):
    shown = f"{timezone.localtime(returned.correct_by):%H:%M}"
    notice = Notice.objects.get(event="loans.application_returned")
    assert f"{timezone.localtime(returned.correct_by):%Y-%m-%d %H:%M}" in notice.body_text
    assert [todo.due for todo in todos_for(returned.applicant)] == [returned.correct_by]
    assert shown in what_next(returned)[1]
    travel(returned.round.closes_at + timedelta(hours=1))
    client.force_login(returned.applicant)
    for page in ("loan_application_status", "loan_application_edit", "loan_application_submit"):
        body = client.get(reverse(page, args=[returned.pk])).content.decode()
        assert shown in body, page
    travel(returned.correct_by)
    client.force_login(returned.applicant)
    assert what_next(returned)[0] != what_next(LoanApplication(state="returned"))[0]
    assert client.get(reverse("loan_application_edit", args=[returned.pk])).status_code == 200
    late = client.post(reverse("loan_application_submit", args=[returned.pk]), {"version": returned.version})
    assert late.status_code == 409


def test_a_withdrawn_application_has_no_deadline_any_more(returned):
    assert withdraw_application(by=returned.applicant, application=returned).correct_by is None


def test_the_receipt_of_a_correction_says_when_that_came_in(returned, client, travel):
    travel(f.noon("2026-03-09"))
    submit_application(by=returned.applicant, application=returned)
    client.force_login(returned.applicant)
    page = client.get(reverse("loan_application_submitted", args=[returned.pk]))
    assert page.context["at"] == clock.now()
    assert Notice.objects.filter(event="loans.application_submitted").count() == 2


# ── the office ──────────────────────────────────────────────────────────────
def act(row, name):
    return reverse("loanapplication:act", args=[row.pk, name])


def typed(row, at, **fields):
    local = timezone.localtime(at)
    return {"version": row.version, "reason": "납세증명", "correct_by": f"{local:%Y-%m-%dT%H:%M}"} | fields


def test_staff_give_the_deadline_with_the_flaws(client, travel):
    row = f.application("submitted")
    client.force_login(f.finance())
    due = clock.now() + timedelta(days=3)
    assert client.post(act(row, "return"), typed(row, due)).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.correct_by) == ("returned", due)
    page = client.get(reverse("loanapplication:inspect", args=[row.pk])).content.decode()
    assert f"{timezone.localtime(due):%H:%M}" in page
    assert act(row, "refuse") not in page
    early = client.post(act(row, "refuse"), {"version": row.version, "reason": "보완하지 않음"})
    assert early.status_code == 409
    travel(due)
    client.force_login(f.finance())
    assert (
        act(row, "refuse") in client.get(reverse("loanapplication:inspect", args=[row.pk])).content.decode()
    )


@pytest.mark.parametrize("wrong", ["", "soon", "2026-03-04T12:00", "0001-01-01T00:00", "2026-02-29T10:00"])
def test_a_wrong_deadline_keeps_what_was_typed(client, travel, wrong):
    row = f.application("submitted")
    client.force_login(f.finance())
    response = client.post(act(row, "return"), typed(row, clock.now(), correct_by=wrong))
    assert response.status_code == 422
    assert "납세증명" in response.content.decode()
    row.refresh_from_db()
    assert (row.state, row.correct_by) == ("submitted", None)


def test_what_was_found_before_a_correction_is_looked_at_again(client, travel):
    row, staff = f.application("submitted"), f.finance()
    findings = [Finding(item, True) for item in row.round.product.eligibility_items.all()]
    record_checks(by=staff, application=row, findings=findings)
    travel(f.noon("2026-03-05"))
    row = return_application(by=staff, application=row, reason="금액")
    save_application(by=row.applicant, application=row, values={"amount": 20_000_000})
    row = submit_application(by=row.applicant, application=row)
    with pytest.raises(ValidationError):
        confirm_eligible(by=staff, application=row)
    assert can_perform(row, "confirm_eligible", staff)
    client.force_login(staff)
    page = client.get(reverse("loanapplication:inspect", args=[row.pk]))
    assert [line.is_outdated for line in page.context["checks"]] == [True, True]
    travel(f.noon("2026-03-06"))
    record_checks(by=staff, application=row, findings=findings)
    assert confirm_eligible(by=staff, application=row).state == "eligible"
