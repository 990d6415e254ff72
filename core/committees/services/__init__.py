from core.committees.services.agenda import add_agenda_item, add_waiting_items, remove_agenda_item
from core.committees.services.decisions import record_decision, record_recusal
from core.committees.services.meetings import (
    cancel_meeting,
    plan_meeting,
    record_attendance,
    send_notice,
)
from core.committees.services.members import add_member, end_membership
from core.committees.services.minutes import close_meeting, publish_main_points, withhold_main_points

__all__ = [
    "add_agenda_item",
    "add_member",
    "add_waiting_items",
    "cancel_meeting",
    "close_meeting",
    "end_membership",
    "plan_meeting",
    "publish_main_points",
    "record_attendance",
    "record_decision",
    "record_recusal",
    "remove_agenda_item",
    "send_notice",
    "withhold_main_points",
]
