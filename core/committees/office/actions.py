"""The buttons of the secretary: when each has its moment, and which service it calls."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.committees import services
from core.committees.models import AgendaItem, Committee, Meeting
from core.committees.office import forms
from core.office import Action
from core.office.actions import ReasonForm


# ── when a button has its moment ────────────────────────────────────────────
def _takes_items(meeting: Meeting) -> bool:
    return meeting.state in {Meeting.State.PLANNED, Meeting.State.NOTICED}


def _gives_items_back(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.PLANNED and meeting.items.exists()


def _is_its_day(meeting: Meeting) -> bool:
    return meeting.day <= clock.today()


def _takes_recusals(item: AgendaItem) -> bool:
    return not item.is_decided and item.meeting.state != Meeting.State.CANCELLED


def _awaits_decision(item: AgendaItem) -> bool:
    return not item.is_decided and item.meeting.state == Meeting.State.HELD


# ── what the buttons do ─────────────────────────────────────────────────────
def _add_member(*, by: Any, obj: Committee, expected_version: int, **facts: Any) -> None:
    services.add_member(by=by, committee=obj, **facts)


def _end_membership(*, by: Any, obj: Committee, expected_version: int, **facts: Any) -> None:
    services.end_membership(by=by, **facts)


def _add_items(*, by: Any, obj: Meeting, expected_version: int, chosen: list[str]) -> None:
    services.add_waiting_items(by=by, meeting=obj, chosen=chosen)


def _send_notice(*, by: Any, obj: Meeting, **facts: Any) -> None:
    services.send_notice(by=by, meeting=obj, **facts)


def _attend(*, by: Any, obj: Meeting, **facts: Any) -> None:
    services.record_attendance(by=by, meeting=obj, **facts)


def _close(*, by: Any, obj: Meeting, **facts: Any) -> None:
    services.close_meeting(by=by, meeting=obj, **facts)


def _publish(*, by: Any, obj: Meeting, **facts: Any) -> None:
    services.publish_main_points(by=by, meeting=obj, **facts)


def _withhold(*, by: Any, obj: Meeting, **facts: Any) -> None:
    services.withhold_main_points(by=by, meeting=obj, **facts)


def _cancel(*, by: Any, obj: Meeting, **facts: Any) -> None:
    services.cancel_meeting(by=by, meeting=obj, **facts)


def _remove_item(*, by: Any, obj: Meeting, expected_version: int, item: AgendaItem) -> None:
    services.remove_agenda_item(by=by, item=item)


def _recuse(*, by: Any, obj: AgendaItem, expected_version: int, **facts: Any) -> None:
    services.record_recusal(by=by, item=obj, **facts)


def _decide(*, by: Any, obj: AgendaItem, expected_version: int, **facts: Any) -> None:
    services.record_decision(by=by, item=obj, **facts)


COMMITTEE_ACTIONS = (
    Action(
        name="add-member",
        label=_("Appoint a member"),
        run=_add_member,
        permission="committees.manage",
        form_class=forms.MemberForm,
        done=_("The member is appointed."),
    ),
    Action(
        name="end-membership",
        label=_("A member leaves"),
        run=_end_membership,
        permission="committees.manage",
        form_class=forms.LeaveForm,
        kind="secondary",
    ),
)

MEETING_ACTIONS = (
    Action(
        name="add-items",
        label=_("Put on the agenda"),
        run=_add_items,
        permission="committees.manage",
        when=_takes_items,
        form_class=forms.AddItemsForm,
        done=_("The agenda is extended."),
    ),
    Action(
        name="remove-item",
        label=_("Take off the agenda"),
        run=_remove_item,
        permission="committees.manage",
        when=_gives_items_back,
        form_class=forms.RemoveItemForm,
        kind="secondary",
        done=_("The item is off the agenda."),
    ),
    Action(
        name="call",
        label=_("Call the members"),
        run=_send_notice,
        transition="send_notice",
        form_class=forms.NoticeForm,
        explain=_("Sends date, place and agenda to the members who have an account."),
        done=_("The members are called."),
    ),
    Action(
        name="attend",
        label=_("Open: who is present"),
        run=_attend,
        transition="hold",
        when=_is_its_day,
        form_class=forms.AttendanceForm,
        done=_("The meeting is open. Record a decision for each item."),
    ),
    Action(
        name="close",
        label=_("Close with the minutes"),
        run=_close,
        transition="close",
        form_class=forms.MinutesForm,
        done=_("The minutes are done. The main points are published next."),
    ),
    Action(
        name="publish",
        label=_("Record the publication"),
        run=_publish,
        transition="publish",
        form_class=forms.PublishForm,
        explain=_("The main points are published within fifteen days, unless a law closes them."),
        done=_("The publication is recorded."),
    ),
    Action(
        name="withhold",
        label=_("Closed by law"),
        run=_withhold,
        transition="withhold",
        form_class=forms.WithholdForm,
        kind="secondary",
        done=_("It is recorded that the main points are not published."),
    ),
    Action(
        name="cancel",
        label=_("Call it off"),
        run=_cancel,
        transition="cancel",
        form_class=ReasonForm,
        kind="danger",
        done=_("The meeting is called off."),
    ),
)

ITEM_ACTIONS = (
    Action(
        name="decide",
        label=_("Record the decision"),
        run=_decide,
        permission="committees.manage",
        when=_awaits_decision,
        form_class=forms.DecisionForm,
        explain=_("Carried out at once: the applicant is told."),
        done=_("The decision is recorded."),
    ),
    Action(
        name="recuse",
        label=_("A member takes no part"),
        run=_recuse,
        permission="committees.manage",
        when=_takes_recusals,
        form_class=forms.RecusalForm,
        kind="secondary",
    ),
)
