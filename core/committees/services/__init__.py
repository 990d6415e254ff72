from core.committees.services.agenda import add_agenda_item, add_waiting_items, remove_agenda_item
from core.committees.services.decisions import record_decision, record_recusal
from core.committees.services.meetings import (
    cancel_meeting,
    close_meeting,
    plan_meeting,
    record_attendance,
    send_notice,
)
from core.committees.services.members import add_member, end_membership

__all__ = [
    "add_agenda_item",
    "add_member",
    "add_waiting_items",
    "cancel_meeting",
    "close_meeting",
    "end_membership",
    "plan_meeting",
    "record_attendance",
    "record_decision",
    "record_recusal",
    "remove_agenda_item",
    "send_notice",
]
