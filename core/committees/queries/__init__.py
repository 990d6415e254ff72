from core.committees.queries.agenda import open_items, waiting_counts, waiting_subjects, waits_for
from core.committees.queries.decisions import decision_about, decisions_about
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
    "decision_about",
    "decisions_about",
    "items_for",
    "meetings_for",
    "open_items",
    "undecided_items",
    "waiting_counts",
    "waiting_subjects",
    "waits_for",
]
