"""The secretary's to-dos, from what waits for a meeting to the publication."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext

from core import clock
from core.accounts.worklist import todos_for
from core.committees import services
from core.committees.worklist import todos
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


@pytest.fixture(autouse=True)
def _nothing_waits(_businesses_wait):
    with businesses_wait(lambda user, committee: BusinessFactory._meta.model.objects.none()):
        yield


def first():
    """Title, link, due and count of the one thing to do."""
    [todo] = todos(secretary())
    return todo.title, todo.url, todo.due, todo.count


def page(meeting):
    return reverse("committee_meetings:inspect", args=[meeting.pk])


def test_what_waits_leads_to_a_new_meeting_or_to_one_that_is_planned():
    committee, _other = CommitteeFactory(), CommitteeFactory()
    every = type(BusinessFactory()).objects.order_by("pk")
    BusinessFactory()
    with businesses_wait(lambda user, row: every if row == committee else every.none()):
        add = f"{reverse('committee_meetings:add')}?committee={committee.pk}"
        assert first() == (gettext("Plan a meeting"), add, None, 2)
        meeting = services.plan_meeting(
            by=secretary(), committee=committee, title="x", starts_at=clock.now() + timedelta(days=20)
        )
        waiting = [todo for todo in todos(secretary()) if todo.kind == "committee_waiting"]
        assert [(todo.title, todo.url) for todo in waiting] == [(gettext("Put on the agenda"), page(meeting))]
        for business in every:
            services.add_agenda_item(by=secretary(), meeting=meeting, subject=business)
        assert not [todo for todo in todos(secretary()) if todo.kind == "committee_waiting"]


def test_the_new_meeting_has_the_committee_chosen(client):
    committee = CommitteeFactory()
    client.force_login(secretary())
    form = client.get(reverse("committee_meetings:add"), {"committee": committee.pk}).context["form"]
    assert form["committee"].value() == committee.pk


def test_the_members_are_called_seven_days_before():
    meeting = MeetingFactory(starts_at=clock.now() + timedelta(days=10))
    assert first() == (gettext("Call the members"), page(meeting), clock.today() + timedelta(days=3), 1)
    with time_machine.travel(clock.now() + timedelta(days=4)):
        [todo] = todos(secretary())
        assert todo.is_late


def test_a_called_meeting_is_to_be_held_and_each_item_decided(consequences):
    committee = CommitteeFactory()
    members = [MemberFactory(committee=committee) for _ in range(3)]
    meeting = MeetingFactory(committee=committee, items=2, called=True)
    assert first() == (gettext("Hold the meeting"), page(meeting), meeting.starts_at, 2)
    meeting = services.record_attendance(by=secretary(), meeting=meeting, present=members)
    assert first() == (gettext("Record the decisions"), page(meeting), meeting.held_on, 2)
    one, other = meeting.items.all()
    decide(one)
    assert first()[3] == 1
    decide(other)
    publish_by = meeting.held_on + timedelta(days=15)
    assert first() == (gettext("Write the minutes"), page(meeting), publish_by, 1)


def test_minutes_are_published_within_fifteen_days(consequences):
    meeting = minuted()
    publish_by = meeting.held_on + timedelta(days=15)
    assert first() == (gettext("Publish the main points"), page(meeting), publish_by, 1)
    services.publish_main_points(by=secretary(), meeting=meeting, on=clock.today(), where="누리집")
    assert list(todos(secretary())) == []


def test_a_meeting_that_was_called_off_needs_nothing():
    meeting = MeetingFactory()
    services.cancel_meeting(by=secretary(), meeting=meeting, reason="x")
    assert list(todos(secretary())) == []


def test_they_stand_on_the_secretarys_page_and_nobody_elses(client):
    MeetingFactory()
    assert any(todo.kind == "committee_meeting" for todo in todos_for(secretary()))
    for role in ("programme_staff", "finance_staff", "auditor", "administrator"):
        assert not any(todo.kind.startswith("committee") for todo in todos_for(UserFactory(roles=[role])))
    client.force_login(secretary())
    assert gettext("Call the members") in client.get(reverse("wagtailadmin_home")).content.decode()
