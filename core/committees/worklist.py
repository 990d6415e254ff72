"""What waits for the secretary: what needs a meeting, and what each meeting needs next."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.worklist import Todo
from core.committees.models import Committee, Meeting
from core.committees.queries import committees_for, meetings_for, waiting_counts

State = Meeting.State
AT_WORK: Final = (State.PLANNED, State.NOTICED, State.HELD, State.MINUTED)


def todos(user: Any) -> Iterable[Todo]:
    if not has_perm("committees.manage", user):
        return
    meetings = list(meetings_for(user).filter(state__in=AT_WORK).order_by("starts_at", "pk"))
    for committee in committees_for(user):
        yield from _waiting(user, committee, meetings)
    for meeting in meetings:
        yield _next_step(meeting)


def _waiting(user: Any, committee: Committee, meetings: list[Meeting]) -> Iterable[Todo]:
    """What stands on no agenda leads to a meeting whose members are not called yet, else to a new one."""
    counts = waiting_counts(user, committee)
    if not counts:
        return
    planned = [row for row in meetings if row.committee_id == committee.pk and row.state == State.PLANNED]
    coming = next((row for row in planned if row.day >= clock.today()), None)
    yield Todo(
        title=_("Put on the agenda") if coming else _("Plan a meeting"),
        url=_page(coming) if coming else f"{reverse('committee_meetings:add')}?committee={committee.pk}",
        kind="committee_waiting",
        detail=" · ".join([committee.name, *(f"{kind.label} {count}" for kind, count in counts)]),
        count=sum(count for _kind, count in counts),
    )


def _next_step(meeting: Any) -> Todo:
    """One line per meeting: its next step, and by when."""
    title: str
    due: date | datetime | None
    undecided = meeting.item_count - meeting.decided_count
    count = undecided or 1
    match meeting.state:
        case State.PLANNED:
            title, due, count = _("Call the members"), meeting.call_by, 1
        case State.NOTICED:
            title, due = _("Hold the meeting"), meeting.starts_at
        case State.HELD if undecided:
            title, due = _("Record the decisions"), meeting.held_on
        case State.HELD:
            title, due = _("Write the minutes"), meeting.publish_by
        case _:
            title, due = _("Publish the main points"), meeting.publish_by
    return Todo(title, _page(meeting), due, "committee_meeting", str(meeting), count)


def _page(meeting: Meeting) -> str:
    return reverse("committee_meetings:inspect", args=[meeting.pk])
