from core.committees.models.committee import Committee, CommitteeMember
from core.committees.models.item import AgendaItem, Decision, Recusal
from core.committees.models.meeting import Attendance, Meeting

__all__ = ["AgendaItem", "Attendance", "Committee", "CommitteeMember", "Decision", "Meeting", "Recusal"]
