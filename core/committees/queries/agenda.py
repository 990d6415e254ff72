from typing import Any

from django.contrib.contenttypes.models import ContentType

from core.committees.models import AgendaItem, Committee, Meeting
from core.committees.registry import SubjectKind, kinds

MOST_SHOWN = 100


def waiting_subjects(user: Any, committee: Committee) -> list[tuple[SubjectKind, list[Any]]]:
    """What waits for a decision of ``committee`` and stands on no open agenda yet, by kind."""
    found = []
    for kind in kinds(committee.code):
        content_type = ContentType.objects.get_for_model(kind.model)
        on_an_agenda = AgendaItem.objects.filter(content_type=content_type, decision__isnull=True).exclude(
            meeting__state=Meeting.State.CANCELLED
        )
        waiting = kind.waiting(user).exclude(pk__in=on_an_agenda.values("object_id"))
        rows = list(waiting[:MOST_SHOWN])
        if rows:
            found.append((kind, rows))
    return found
