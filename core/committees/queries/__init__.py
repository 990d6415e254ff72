from core.committees.queries.agenda import waiting_subjects
from core.committees.queries.meetings import (
    attendance_for,
    committees_for,
    items_for,
    meetings_for,
    undecided_items,
)

__all__ = [
    "attendance_for",
    "committees_for",
    "items_for",
    "meetings_for",
    "undecided_items",
    "waiting_subjects",
]
