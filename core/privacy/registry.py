"""Whose data a record holds: each app says so for its models, the access log asks."""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import Model

from core.accounts.models import User

Person: TypeAlias = Callable[[Any], User | None]
_persons: dict[str, Person] = {}


def register_data_subject(model_label: str, person: Person) -> None:
    """Called in ``AppConfig.ready()``: ``person(obj)`` is the one whom an object of the model is about."""
    _persons[model_label.lower()] = person


def data_subject(obj: Model | None) -> User | None:
    """The person whom ``obj`` is about; nobody for a model that was not registered."""
    person = _persons.get(obj._meta.label_lower) if obj is not None else None  # noqa: SLF001
    return person(obj) if person else None
