"""Whose documents are whose: each app says for its models who may see and who may change them."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from django.db.models import Model

from core.accounts.models import User
from core.privacy.registry import data_subject, register_data_subject

Predicate: TypeAlias = Callable[[User, Any], bool]


class OwnerRules(NamedTuple):
    can_view: Predicate
    can_change: Predicate


_owners: dict[str, OwnerRules] = {}


def register_owner(
    model_label: str,
    *,
    can_view: Predicate,
    can_change: Predicate,
    person: Callable[[Any], User | None] | None = None,
) -> None:
    """Let objects of ``model_label`` (``incubator.Application``) own documents.

    ``person(owner)`` is the one whose data they hold, for the access log; else it is the uploader.
    """
    _owners[model_label.lower()] = OwnerRules(can_view, can_change)
    if person is not None:
        register_data_subject(model_label, person)


def can_view(user: User, owner: Model | None) -> bool:
    """Whether ``user`` may read the documents of ``owner``; never for an owner that nobody registered."""
    rules = _rules(owner)
    return bool(rules and user.is_active and rules.can_view(user, owner))


def can_change(user: User, owner: Model | None) -> bool:
    """Whether ``user`` may add and remove documents of ``owner``."""
    rules = _rules(owner)
    return bool(rules and user.is_active and rules.can_change(user, owner))


def person_of(owner: Model | None) -> User | None:
    return data_subject(owner)


def _rules(owner: Model | None) -> OwnerRules | None:
    return _owners.get(owner._meta.label_lower) if owner is not None else None  # noqa: SLF001
