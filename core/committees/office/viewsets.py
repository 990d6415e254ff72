from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from core import clock
from core.committees import services
from core.committees.models import AgendaItem, Committee, CommitteeMember, Meeting
from core.committees.office import forms
from core.committees.office.views import PlanMeetingView
from core.committees.queries import attendance_for, committees_for, items_for, meetings_for
from core.committees.registry import kind_of
from core.office import Action, LifecycleViewSet, RecordViewSet
from core.office.actions import ReasonForm
from core.office.columns import StateColumn


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


def _cancel(*, by: Any, obj: Meeting, **facts: Any) -> None:
    services.cancel_meeting(by=by, meeting=obj, **facts)


def _remove_item(*, by: Any, obj: Meeting, expected_version: int, item: AgendaItem) -> None:
    services.remove_agenda_item(by=by, item=item)


def _recuse(*, by: Any, obj: AgendaItem, expected_version: int, **facts: Any) -> None:
    services.record_recusal(by=by, item=obj, **facts)


def _decide(*, by: Any, obj: AgendaItem, expected_version: int, **facts: Any) -> None:
    try:
        services.record_decision(by=by, item=obj, **facts)
    except ValidationError as error:
        raise _for_this_form(error, forms.DecisionForm.base_fields) from error


def _for_this_form(error: ValidationError, fields: Any) -> ValidationError:
    """What the subject's app objects to may name fields of its own: such errors go to the top."""
    if not hasattr(error, "error_dict"):
        return error
    mended: dict[str, list[ValidationError]] = {}
    for name, errors in error.error_dict.items():
        mended.setdefault(name if name in fields else NON_FIELD_ERRORS, []).extend(errors)
    return ValidationError(mended)


# ── what the pages show ─────────────────────────────────────────────────────
def _committee_details(request: HttpRequest, committee: Committee) -> dict[str, Any]:
    today = clock.today()
    return {
        "members": list(CommitteeMember.objects.serving_on(today).filter(committee=committee)),
        "former": list(committee.members.exclude(pk__in=CommitteeMember.objects.serving_on(today))),
        "meetings": list(meetings_for(request.user).filter(committee=committee)[:20]),
    }


def _meeting_details(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    attendances = list(meeting.attendances.select_related("member"))
    return {
        "items": list(meeting.items.select_related("decision").prefetch_related("recusals__member")),
        "attendances": attendances,
        "present_count": sum(row.present for row in attendances),
    }


def _item_details(request: HttpRequest, item: AgendaItem) -> dict[str, Any]:
    subject = item.subject
    kind = kind_of(subject)
    return {
        "subject_url": kind.office_url(subject) if kind else "",
        "attendance": attendance_for(item),
        "recusals": list(item.recusals.select_related("member")),
    }


class CommitteeViewSet(RecordViewSet):
    model = Committee
    name = "committees"
    url_prefix = "committees/committees"
    icon = "group"
    menu_label = _("Committees")
    menu_order = 200
    view_permission = "committees.view"
    add_permission = change_permission = "committees.manage"
    scope = committees_for
    details = _committee_details
    detail_template_name = "committees/office/committee.html"
    search_fields: ClassVar[list[str]] = ["name"]
    list_display: ClassVar[list[Any]] = ["name", Column("legal_basis", label=_("Legal basis"))]
    form_fields: ClassVar[list[str]] = ["name", "code", "legal_basis"]
    actions = (
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


class MeetingViewSet(LifecycleViewSet):
    model = Meeting
    name = "committee_meetings"
    url_prefix = "committees/meetings"
    icon = "date"
    menu_label = _("Meetings")
    menu_order = 100
    view_permission = "committees.view"
    add_permission = "committees.manage"
    add_view_class = PlanMeetingView
    scope = meetings_for
    details = _meeting_details
    detail_template_name = "committees/office/meeting.html"
    search_fields: ClassVar[list[str]] = ["title", "committee__name"]
    list_filter: ClassVar[list[str]] = ["committee", "state"]
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("committee", label=_("committee")),
        DateColumn("starts_at", label=_("Starts at"), sort_key="starts_at"),
        Column("item_count", label=_("Items"), classname="gp-number"),
        Column("decided_count", label=_("Decided"), classname="gp-number"),
        StateColumn("state", label=_("State"), sort_key="state"),
    ]
    form_fields: ClassVar[list[str]] = ["committee", "title", "form", "starts_at", "place"]
    actions = (
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
            done=_("The minutes are done."),
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


class AgendaItemViewSet(RecordViewSet):
    model = AgendaItem
    name = "committee_items"
    url_prefix = "committees/items"
    icon = "list-ul"
    menu_label = _("Decisions")
    menu_order = 300
    view_permission = "committees.view"
    scope = items_for
    details = _item_details
    detail_template_name = "committees/office/item.html"
    search_fields: ClassVar[list[str]] = ["title"]
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("meeting", label=_("Meeting")),
        Column("outcome_label", label=_("Outcome")),
    ]
    actions = (
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


class CommitteesGroup(ViewSetGroup):
    menu_label = _("Committees")
    menu_icon = "group"
    menu_order = 230
    items = (MeetingViewSet, AgendaItemViewSet, CommitteeViewSet)
