from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from core.committees.models import AgendaItem, Committee, Meeting
from core.committees.registry import SubjectKind, kind_of, kinds

MOST_SHOWN = 100


def waiting_subjects(user: Any, committee: Committee) -> list[tuple[SubjectKind, list[Any]]]:
    """What waits for a decision of ``committee`` and stands on no open agenda yet, by kind."""
    found = [(kind, list(_waiting(kind, user, committee)[:MOST_SHOWN])) for kind in kinds()]
    return [(kind, rows) for kind, rows in found if rows]


def waiting_counts(user: Any, committee: Committee) -> list[tuple[SubjectKind, int]]:
    """How many they are, by kind."""
    found = [(kind, _waiting(kind, user, committee).order_by().count()) for kind in kinds()]
    return [(kind, count) for kind, count in found if count]


def waits_for(user: Any, committee: Committee, subject: Model) -> bool:
    """Whether ``subject`` may come on an agenda of ``committee``: it decides about it, and not yet."""
    kind = kind_of(subject)
    return kind is not None and kind.waiting(user, committee).filter(pk=subject.pk).exists()


def open_items(model: type[Model]) -> QuerySet[AgendaItem]:
    """Items about subjects of ``model`` that a meeting is still going to decide."""
    return AgendaItem.objects.filter(
        content_type=ContentType.objects.get_for_model(model), decision__isnull=True
    ).exclude(meeting__state=Meeting.State.CANCELLED)


def _waiting(kind: SubjectKind, user: Any, committee: Committee) -> QuerySet[Any]:
    return kind.waiting(user, committee).exclude(pk__in=open_items(kind.model).values("object_id"))
