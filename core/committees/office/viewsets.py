"""Committees, their meetings and what they decide, as the office lists and shows them."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from core import clock
from core.committees.models import AgendaItem, Committee, CommitteeMember, Meeting
from core.committees.office.actions import COMMITTEE_ACTIONS, ITEM_ACTIONS, MEETING_ACTIONS
from core.committees.office.views import PlanMeetingView
from core.committees.queries import attendance_for, committees_for, items_for, meetings_for
from core.committees.registry import kind_of
from core.office import LifecycleViewSet, RecordViewSet
from core.office.columns import StateColumn


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
    actions = COMMITTEE_ACTIONS


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
    actions = MEETING_ACTIONS


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
    actions = ITEM_ACTIONS


class CommitteesGroup(ViewSetGroup):
    menu_label = _("Committees")
    menu_icon = "group"
    menu_order = 230
    items = (MeetingViewSet, AgendaItemViewSet, CommitteeViewSet)
