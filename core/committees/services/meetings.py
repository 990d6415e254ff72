"""A meeting from its plan to the day on which it is held."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.committees.models import Attendance, Committee, CommitteeMember, Meeting
from core.committees.services.access import must_manage
from core.errors import NotNow
from core.notices.services import queue_notice
from core.workflow.perform import lock, perform


@transaction.atomic
def plan_meeting(
    *,
    by: User,
    committee: Committee,
    title: str,
    starts_at: datetime,
    place: str = "",
    form: str = Meeting.Form.MEETING,
) -> Meeting:
    """Plan a meeting; a second click gives the meeting of the first.

    Raises ``ValidationError`` for a moment in the past, or one at which the committee meets already.
    """
    must_manage(by)
    if starts_at <= clock.now():
        raise ValidationError({"starts_at": _("A meeting lies in the future.")})
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    facts = {"title": title.strip(), "place": place.strip(), "form": form}
    then = committee.meetings.filter(starts_at=starts_at).exclude(state=Meeting.State.CANCELLED)
    if planned := then.filter(**facts, state=Meeting.State.PLANNED).first():
        return planned
    if then.exists():
        raise ValidationError({"starts_at": _("This committee meets at this time already.")})
    return Meeting.objects.create(committee=committee, starts_at=starts_at, **facts)


@transaction.atomic
def send_notice(
    *, by: User, meeting: Meeting, reason: str = "", expected_version: int | None = None
) -> Meeting:
    """Call the members. Less than seven days before, the urgency must be explained."""
    meeting = lock(meeting)
    days = (timezone.localdate(meeting.starts_at) - clock.today()).days
    if days < Meeting.NOTICE_DAYS and not reason.strip():
        raise ValidationError(
            {
                "reason": _(
                    "The members are called %(days)s days before. Explain the urgency when it is later."
                )
                % {"days": Meeting.NOTICE_DAYS}
            }
        )
    if not meeting.items.exists():
        raise NotNow(_("There is nothing on the agenda yet."))
    meeting = perform(
        meeting,
        "send_notice",
        by=by,
        reason=reason.strip(),
        expected_version=expected_version,
        at=clock.now(),
    )
    for member in _serving(meeting).exclude(user=None).select_related("user"):
        _tell(member, meeting, "committees.meeting_called")
    return meeting


@transaction.atomic
def record_attendance(
    *, by: User, meeting: Meeting, present: list[CommitteeMember], expected_version: int | None = None
) -> Meeting:
    """Who was there. Opens the meeting; decisions follow. Raises ``NotNow`` before the day of the meeting."""
    meeting = lock(meeting)
    if clock.today() < timezone.localdate(meeting.starts_at):
        raise NotNow(_("The meeting has not begun yet."))
    members = list(_serving(meeting))
    there = {member.pk for member in present}
    if not there <= {member.pk for member in members}:
        raise ValidationError({"present": _("Somebody here is not a member of this committee.")})
    meeting = perform(meeting, "hold", by=by, expected_version=expected_version, at=clock.now())
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=member, present=member.pk in there) for member in members
    )
    return meeting


@transaction.atomic
def cancel_meeting(
    *, by: User, meeting: Meeting, reason: str, expected_version: int | None = None
) -> Meeting:
    """Call it off; what was on the agenda waits for another meeting."""
    was_called = lock(meeting).state == Meeting.State.NOTICED
    meeting = perform(meeting, "cancel", by=by, reason=reason, expected_version=expected_version)
    if was_called:
        for member in _serving(meeting).exclude(user=None).select_related("user"):
            _tell(member, meeting, "committees.meeting_cancelled")
    return meeting


def _serving(meeting: Meeting) -> models.QuerySet[CommitteeMember]:
    return CommitteeMember.objects.serving_on(timezone.localdate(meeting.starts_at)).filter(
        committee=meeting.committee
    )


def _tell(member: CommitteeMember, meeting: Meeting, event: str) -> None:
    assert member.user is not None  # noqa: S101 — the query leaves others out
    queue_notice(
        recipient=member.user,
        event=event,
        context={
            "committee": meeting.committee.name,
            "title": meeting.title,
            "starts_at": timezone.localtime(meeting.starts_at).strftime("%Y-%m-%d %H:%M"),
            "place": meeting.place,
            "written": meeting.form == Meeting.Form.WRITTEN,
            "items": [item.title for item in meeting.items.all()],
        },
        dedupe_key=f"{event}:{meeting.pk}:{member.pk}",
        url=reverse("home_for_user"),
    )
