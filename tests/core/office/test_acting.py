"""The pages of the kit, as the office of calls uses it: buttons, refusals, what was typed, columns."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.accounts.roles import Role
from core.office.columns import DayColumn, MomentColumn, StateColumn, WonColumn, YesNoColumn
from incubator.models import Application, BonusClaim
from incubator.services.applications import start_application, withdraw_application
from incubator.services.screening import confirm_eligible
from loans.services.screening import refuse_application
from tests.core.committees.factories import MeetingFactory, secretary
from tests.incubator import factories as f
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return f.submitted()


@pytest.fixture
def staff(client):
    client.force_login(f.staff())
    return client


def act(action, row):
    return reverse("incubator_applications:act", args=(row.pk, action))


def page(row):
    return reverse("incubator_applications:inspect", args=(row.pk,))


def correction(row, **fields):
    due = timezone.localtime(clock.now() + timedelta(days=5))
    return {"version": row.version, "flaws": "출처가 없어요.", "due_at": f"{due:%Y-%m-%dT%H:%M}"} | fields


def test_a_button_performs_and_leads_back(staff, application):
    response = staff.post(act("return", application), correction(application))
    assert (response.status_code, response["Location"]) == (302, page(application))
    application.refresh_from_db()
    assert application.state == Application.State.RETURNED
    assert application.history().first().by == f.staff()


def test_wrong_input_keeps_what_was_typed(staff, application):
    response = staff.post(
        act("return", application), correction(application, due_at="soon", flaws="쪽수 <3>")
    )
    assert response.status_code == 422
    body = response.content.decode()
    assert "쪽수 &lt;3&gt;" in body
    assert 'value="soon"' in body
    assert "open>" in body.partition('action="' + act("return", application))[0][-600:]
    assert not application.history().filter(transition="return_for_correction").exists()


def test_what_the_service_refuses_stands_on_the_page(staff, application):
    late = timezone.localtime(clock.now() - timedelta(days=1))
    response = staff.post(
        act("return", application), correction(application, due_at=f"{late:%Y-%m-%dT%H:%M}", flaws="쪽수")
    )
    assert response.status_code == 422
    assert "쪽수" in response.content.decode()


def test_a_stale_page_changes_nothing(staff, application):
    response = staff.post(act("confirm", application), {"version": application.version - 1})
    assert response.status_code == 409
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED


def test_a_conflict_says_what_a_colleague_did_without_a_word_and_gives_back_what_was_typed(
    staff, application
):
    colleague = f.staff()
    confirm_eligible(by=colleague, application=application)
    sent = correction(application, flaws="출처를 <모두> 적어 주세요.")
    body = staff.post(act("return", application), sent).content.decode()
    assert "제출 완료 → 적격" in body
    assert colleague.name in body
    assert "출처를 &lt;모두&gt; 적어 주세요." in body


def test_a_conflict_tells_the_applicant_what_happened_but_not_who_did_it(client, application):
    colleague = f.staff()
    confirm_eligible(by=colleague, application=application, reason="서류 확인")
    client.force_login(application.applicant)
    sent = {"version": application.version, "reason": ""}
    response = client.post(reverse("application_withdraw", args=[application.pk]), sent)
    assert response.status_code == 409
    assert "제출 완료 → 적격" in response.content.decode()
    assert colleague.name not in response.content.decode()


def test_the_wrong_moment_is_a_conflict(staff, application):
    assert staff.post(act("graduate", application), {"version": application.version}).status_code == 409


def test_an_action_that_does_not_exist(staff, application):
    assert staff.post(act("explode", application), {"version": application.version}).status_code == 404


def test_a_get_leads_to_the_page(staff, application):
    response = staff.get(act("confirm", application))
    assert (response.status_code, response["Location"]) == (302, page(application))


def test_who_only_reads_sees_no_action_and_is_refused_before_the_input_is_read(client, application):
    client.force_login(f.UserFactory(role=Role.AUDITOR))
    body = client.get(page(application)).content.decode()
    assert application.title in body
    assert "/confirm/" not in body
    assert "/return/" not in body
    for data in ({}, {"version": application.version}):
        assert client.post(act("confirm", application), data).status_code in {302, 403}
        assert client.post(act("return", application), data).status_code in {302, 403}
    application.refresh_from_db()
    assert (application.state, application.corrections.count()) == (Application.State.SUBMITTED, 0)


def test_only_what_is_open_now_is_a_button(staff, application):
    body = staff.get(page(application)).content.decode()
    assert act("confirm", application) in body
    assert act("graduate", application) not in body


def test_claimed_bonus_points_are_granted_from_the_page(staff, application):
    claim = application.bonus_claims.create(rule=application.call.bonus_rules.get())
    url = reverse("incubator_bonus", args=(claim.pk,))
    assert url in staff.get(page(application)).content.decode()
    assert staff.post(url, {"granted": "yes"})["Location"] == page(application)
    claim.refresh_from_db()
    assert claim.granted is True


class Row:
    state = "late"
    state_kind = "warning"
    amount = 1_041_666
    nothing = None
    at = timezone.now().replace(year=2026, month=1, day=1, hour=15, minute=5)

    def get_state_display(self):
        return "연체"


def test_a_yes_and_a_no_are_words():
    class Condition:
        required = True
        decisive = False

    assert YesNoColumn("required").get_value(Condition()) == "예"
    assert YesNoColumn("decisive").get_value(Condition()) == "아니요"


def test_a_state_is_a_tag_in_its_colour():
    def cell(column):
        context = column.get_cell_context_data(Row(), {"row": None, "table": None})
        return context["kind"], context["value"]

    assert cell(StateColumn("state")) == ("warning", "연체")
    assert cell(StateColumn("state", kinds={"late": "danger"})) == ("danger", "연체")
    assert cell(StateColumn("state", kinds={})) == ("neutral", "연체")


def test_won_and_moments():
    assert WonColumn("amount").get_value(Row()) == "1,041,666원"
    assert WonColumn("nothing").get_value(Row()) == ""
    assert MomentColumn("at").get_value(Row()) == "2026-01-02 00:05"
    assert MomentColumn("nothing").get_value(Row()) == ""
    assert DayColumn("at").get_value(Row()) == "2026-01-01"
    assert DayColumn("nothing").get_value(Row()) == ""


def of_my_own():
    return f.submitted(applicant=f.staff())


def of_my_business():
    row = f.submitted()
    row.business = f.own(f.BusinessFactory(), f.staff())
    row.save(update_fields=["business"])
    return row


@pytest.mark.parametrize("make", [of_my_own, of_my_business])
def test_nobody_decides_on_an_application_of_their_own(staff, make):
    own = make()
    assert not staff.get(page(own)).context["open_actions"]
    assert staff.post(act("confirm", own), {"version": own.version}).status_code == 403
    own.refresh_from_db()
    assert own.state == Application.State.SUBMITTED


def test_what_was_withdrawn_and_taken_up_again_is_private_until_handed_in(staff, application):
    assert staff.get(page(application)).status_code == 200
    by = application.applicant
    withdraw_application(by=by, application=application)
    start_application(by=by, call=application.call)
    assert staff.get(page(application)).status_code == 404


def test_what_something_stands_on_is_not_deleted(staff, application):
    claim = BonusClaim.objects.create(application=application, rule=application.call.bonus_rules.get())
    response = staff.post(reverse("incubator_bonus_rules:delete", args=[claim.rule_id]))
    assert response.status_code == 409
    claim.refresh_from_db()


# ── a page that is too old: a conflict that says so, never “not allowed” ────
def findings(row, answer):
    return {f"item_{item.pk}": answer for item in row.round.product.eligibility_items.all()}


def loan_act(action, row):
    return reverse("loanapplication:act", args=(row.pk, action))


def test_two_people_record_findings_from_the_same_page_and_the_second_is_told(client):
    row = loans.application("submitted")
    client.force_login(loans.finance())
    met = {"version": row.version} | findings(row, "yes")
    assert client.post(loan_act("check", row), met).status_code == 302
    response = client.post(loan_act("check", row), {"version": row.version} | findings(row, "no"))
    assert response.status_code == 409
    assert all(row.checks.values_list("passed", flat=True))


def test_what_others_did_since_stands_on_the_page_of_the_conflict(client):
    row = loans.application("submitted")
    client.force_login(loans.finance())
    refuse_application(by=loans.finance(), application=row, reason="사업장이 구 밖에 있습니다.")
    response = client.post(loan_act("check", row), {"version": row.version} | findings(row, "yes"))
    assert response.status_code == 409
    assert "사업장이 구 밖에 있습니다." in response.content.decode()


def test_the_wrong_person_is_refused_whatever_the_moment(client):
    row = loans.application("eligible")
    client.force_login(f.UserFactory(role=Role.AUDITOR))
    assert client.post(loan_act("check", row), {"version": row.version}).status_code in {302, 403}
    client.force_login(loans.finance())
    assert client.post(loan_act("check", row), {"version": "x"}).status_code == 409


def test_a_meeting_opens_on_its_day(client):
    meeting = MeetingFactory(called=True, starts_at=clock.now() + timedelta(days=9))
    client.force_login(secretary())
    url = reverse("committee_meetings:act", args=(meeting.pk, "attend"))
    assert url not in client.get(reverse("committee_meetings:inspect", args=(meeting.pk,))).content.decode()
    assert client.post(url, {"version": meeting.version}).status_code == 409
    meeting.refresh_from_db()
    assert meeting.state == meeting.State.NOTICED
