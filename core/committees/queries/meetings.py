from typing import Any

from django.db.models import Count, Q, QuerySet
from rules.permissions import has_perm

from core.committees.models import AgendaItem, Committee, Meeting
from core.committees.quorum import Attendance, attendance_for_item


def committees_for(user: Any) -> QuerySet[Committee]:
    rows = Committee.objects.all()
    return rows if has_perm("committees.view", user) else rows.none()


def meetings_for(user: Any) -> QuerySet[Meeting]:
    rows = Meeting.objects.select_related("committee").annotate(
        item_count=Count("items", distinct=True),
        decided_count=Count("items", filter=Q(items__decision__isnull=False), distinct=True),
    )
    return rows if has_perm("committees.view", user) else rows.none()


def items_for(user: Any) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.select_related("meeting__committee", "decision__recorded_by", "content_type")
    return rows if has_perm("committees.view", user) else rows.none()


def undecided_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.items.filter(decision__isnull=True)


def attendance_for(item: AgendaItem) -> Attendance:
    """Who counts for this item, from the attendance of its meeting and its recusals."""
    rows = list(item.meeting.attendances.values_list("member_id", "present"))
    return attendance_for_item(
        members={member for member, _present in rows},
        present={member for member, present in rows if present},
        recused=set(item.recusals.values_list("member_id", flat=True)),
    )
