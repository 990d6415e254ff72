from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.committees import services
from core.committees.models import Meeting
from core.committees.queries import waiting_subjects
from core.errors import NotAllowed, NotNow, Stale
from core.notices.models import Notice
from tests.core.accounts.factories import BusinessFactory, UserFactory
from tests.core.committees.factories import (
    CommitteeFactory,
    MeetingFactory,
    MemberFactory,
    businesses_wait,
    decide,
    minuted,
    secretary,
)

pytestmark = pytest.mark.django_db


# ── calling ─────────────────────────────────────────────────────────────────
def test_a_meeting_lies_in_the_future():
    with pytest.raises(ValidationError):
        MeetingFactory(starts_at=clock.now() - timedelta(minutes=1))


@pytest.mark.parametrize(("days", "needs_reason"), [(7, False), (6, True), (0, True)])
def test_members_are_called_seven_days_before_or_with_a_reason(days, needs_reason):
    with time_machine.travel("2026-05-04T09:00:00+09:00", tick=False):
        meeting = MeetingFactory(starts_at=clock.now() + timedelta(days=days, hours=1))
        if needs_reason:
            with pytest.raises(ValidationError):
                services.send_notice(by=secretary(), meeting=meeting)
        called = services.send_notice(by=secretary(), meeting=meeting, reason="긴급" if needs_reason else "")
    assert called.state == "noticed"
    assert called.history().get().reason == ("긴급" if needs_reason else "")


def test_an_empty_agenda_calls_nobody():
    with pytest.raises(NotNow):
        services.send_notice(by=secretary(), meeting=MeetingFactory(items=0), reason="x")


def test_members_with_an_account_are_told_and_told_when_it_is_off():
    committee = CommitteeFactory()
    member = MemberFactory(committee=committee, user=UserFactory())
    MemberFactory(committee=committee)
    meeting = MeetingFactory(committee=committee, called=True)
    services.cancel_meeting(by=secretary(), meeting=meeting, reason="정족수 미달 예상")
    notices = Notice.objects.order_by("pk")
    assert [notice.event for notice in notices] == [
        "committees.meeting_called",
        "committees.meeting_cancelled",
    ]
    assert {notice.recipient for notice in notices} == {member.user}
    assert "안건 1" in notices[0].body_text


# ── the agenda ──────────────────────────────────────────────────────────────
def test_a_subject_stands_on_one_open_agenda():
    first = MeetingFactory()
    subject = first.items.get().subject
    second = MeetingFactory(items=0)
    with pytest.raises(ValidationError):
        services.add_agenda_item(by=secretary(), meeting=second, subject=subject)
    services.cancel_meeting(by=secretary(), meeting=first, reason="x")
    assert services.add_agenda_item(by=secretary(), meeting=second, subject=subject).order == 1


def test_items_leave_the_agenda_until_the_members_are_called():
    meeting = MeetingFactory(items=2)
    services.remove_agenda_item(by=secretary(), item=meeting.items.first())
    assert meeting.items.count() == 1
    meeting = services.send_notice(by=secretary(), meeting=meeting, reason="긴급")
    with pytest.raises(NotNow):
        services.remove_agenda_item(by=secretary(), item=meeting.items.get())


def test_the_agenda_of_a_held_meeting_is_closed():
    meeting = MeetingFactory(members=3, present=3)
    with pytest.raises(NotNow):
        services.add_agenda_item(by=secretary(), meeting=meeting, subject=BusinessFactory())


def test_waiting_subjects_are_put_on_the_agenda_in_one_go():
    committee, by = CommitteeFactory(), secretary()
    meeting = MeetingFactory(committee=committee, items=0)
    subjects = [BusinessFactory(), BusinessFactory()]
    names = [f"accounts.business:{subject.pk}" for subject in subjects]
    items = services.add_waiting_items(by=by, meeting=meeting, chosen=names)
    assert [(item.subject, item.order, item.title) for item in items] == [
        (subjects[0], 1, subjects[0].name),
        (subjects[1], 2, subjects[1].name),
    ]
    assert items[0].proposal == {"amount": 50_000_000, "rank": None}
    assert waiting_subjects(by, committee) == []
    with pytest.raises(ValidationError):
        services.add_waiting_items(by=by, meeting=meeting, chosen=names)


def test_a_committee_is_offered_and_takes_only_what_it_is_responsible_for():
    ours, theirs, by = CommitteeFactory(), CommitteeFactory(), secretary()
    subject = BusinessFactory()
    every = type(subject).objects.order_by("pk")
    with businesses_wait(lambda user, committee: every if committee == ours else every.none()):
        assert [rows for _kind, rows in waiting_subjects(by, ours)] == [[subject]]
        assert waiting_subjects(by, theirs) == []
        meeting = MeetingFactory(committee=theirs, items=0)
        with pytest.raises(ValidationError):
            services.add_waiting_items(by=by, meeting=meeting, chosen=[f"accounts.business:{subject.pk}"])
        with pytest.raises(ValidationError):
            services.add_agenda_item(by=by, meeting=meeting, subject=subject)
        assert services.add_agenda_item(
            by=by, meeting=MeetingFactory(committee=ours, items=0), subject=subject
        )


def test_what_no_app_registered_comes_on_no_agenda():
    with pytest.raises(ValidationError):
        services.add_agenda_item(by=secretary(), meeting=MeetingFactory(items=0), subject=UserFactory())


# ── holding ─────────────────────────────────────────────────────────────────
def test_nobody_is_present_before_the_day():
    meeting = MeetingFactory(starts_at=clock.now() + timedelta(days=8), called=True)
    with pytest.raises(NotNow):
        services.record_attendance(by=secretary(), meeting=meeting, present=[])


def test_strangers_are_not_present():
    meeting = MeetingFactory(members=1, called=True)
    with pytest.raises(ValidationError):
        services.record_attendance(by=secretary(), meeting=meeting, present=[MemberFactory()])


def test_attendance_lists_every_serving_member():
    meeting = MeetingFactory(members=5, present=3)
    assert sorted(meeting.attendances.values_list("present", flat=True)) == [False, False, True, True, True]


# ── closing ─────────────────────────────────────────────────────────────────
def test_minutes_come_when_all_is_decided(consequences):
    meeting = MeetingFactory(members=3, present=3)
    by = secretary()
    with pytest.raises(NotNow):
        services.close_meeting(by=by, meeting=meeting, minutes="토론")
    decide(meeting.items.get())
    with pytest.raises(ValidationError):
        services.close_meeting(by=by, meeting=meeting, minutes="  ")
    with pytest.raises(Stale):
        services.close_meeting(by=by, meeting=meeting, minutes="토론", expected_version=0)
    closed = services.close_meeting(by=by, meeting=meeting, minutes="토론", expected_version=2)
    assert (closed.state, closed.minutes) == ("minuted", "토론")
    assert closed.publish_by == closed.held_on + timedelta(days=15)


@pytest.mark.parametrize(
    ("days", "where", "wrong"), [(1, "누리집", {"on"}), (-1, "누리집", {"on"}), (0, " ", {"where"})]
)
def test_the_publication_is_recorded_with_day_and_place(days, where, wrong, consequences):
    meeting = minuted()
    day = clock.today() + timedelta(days=days)
    with pytest.raises(ValidationError) as refused:
        services.publish_main_points(by=secretary(), meeting=meeting, on=day, where=where)
    assert set(refused.value.message_dict) == wrong
    done = services.publish_main_points(by=secretary(), meeting=meeting, on=clock.today(), where="누리집 12")
    assert (done.state, done.published_on, done.published_in) == ("published", clock.today(), "누리집 12")


def test_what_a_law_closes_is_not_published(consequences):
    meeting = minuted()
    with pytest.raises(ValidationError):
        services.withhold_main_points(by=secretary(), meeting=meeting, reason=" ")
    done = services.withhold_main_points(by=secretary(), meeting=meeting, reason="정보공개법 9조")
    assert (done.state, done.history().first().reason) == ("withheld", "정보공개법 9조")
    with pytest.raises(NotNow):
        services.publish_main_points(by=secretary(), meeting=meeting, on=clock.today(), where="x")


@pytest.mark.parametrize(
    "role", ["programme_staff", "finance_staff", "finance_approver", "auditor", "administrator"]
)
def test_only_the_secretary_works(role, consequences):
    other = UserFactory(roles=[role])
    meeting = MeetingFactory(members=3, present=3)
    item = meeting.items.get()
    calls = [
        lambda: services.plan_meeting(
            by=other, committee=meeting.committee, title="x", starts_at=clock.now() + timedelta(days=9)
        ),
        lambda: services.add_agenda_item(by=other, meeting=meeting, subject=BusinessFactory()),
        lambda: services.add_waiting_items(by=other, meeting=meeting, chosen=[]),
        lambda: services.remove_agenda_item(by=other, item=item),
        lambda: services.send_notice(by=other, meeting=MeetingFactory(), reason="x"),
        lambda: services.record_attendance(by=other, meeting=MeetingFactory(called=True), present=[]),
        lambda: services.record_recusal(by=other, item=item, member=None, kind="barred", reason="x"),
        lambda: services.record_decision(
            by=other, item=item, outcome="approved", votes_for=3, votes_against=0
        ),
        lambda: services.publish_main_points(by=other, meeting=meeting, on=clock.today(), where="x"),
        lambda: services.withhold_main_points(by=other, meeting=meeting, reason="x"),
        lambda: services.cancel_meeting(by=other, meeting=MeetingFactory(), reason="x"),
    ]
    for call in calls:
        with pytest.raises(NotAllowed):
            call()
    assert Meeting.objects.filter(pk=meeting.pk, state="held").exists()


def test_a_meeting_in_the_past_is_refused_on_the_form(client):
    client.force_login(secretary())
    fields = {
        "committee": CommitteeFactory().pk,
        "title": "제4차 심의",
        "starts_at": f"{clock.now() - timedelta(days=2):%Y-%m-%d %H:%M}",
        "place": "구청",
        "form": Meeting.Form.MEETING,
    }
    response = client.post(reverse("committee_meetings:add"), fields)
    assert response.status_code == 200
    assert response.context["form"].errors["starts_at"]
    assert not Meeting.objects.exists()


def test_a_double_click_plans_one_meeting_and_leads_to_it(client):
    client.force_login(secretary())
    fields = {
        "committee": CommitteeFactory().pk,
        "title": "제4차 심의",
        "starts_at": f"{clock.now() + timedelta(days=9):%Y-%m-%d %H:%M}",
        "place": "구청",
        "form": Meeting.Form.MEETING,
    }
    urls = [client.post(reverse("committee_meetings:add"), fields).url for _click in range(2)]
    page = reverse("committee_meetings:inspect", args=[Meeting.objects.get().pk])
    assert urls == [page, page]
    other = client.post(reverse("committee_meetings:add"), fields | {"title": "다른 회의"})
    assert other.context["form"].errors["starts_at"]
    assert Meeting.objects.count() == 1


def test_a_meeting_that_was_called_off_leaves_its_time_free():
    meeting = MeetingFactory()
    services.cancel_meeting(by=secretary(), meeting=meeting, reason="x")
    again = MeetingFactory(committee=meeting.committee, starts_at=meeting.starts_at)
    assert again.pk != meeting.pk
