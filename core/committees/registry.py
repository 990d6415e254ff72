"""What committees decide about: each app above offers its subjects for the agenda."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from core.committees.models import Committee


@dataclass(frozen=True)
class SubjectKind:
    """How subjects of one model come to the agenda."""

    model_label: str
    label: Any
    title: Callable[[Any], str]
    waiting: Callable[[Any, Committee], models.QuerySet[Any]]
    proposal: Callable[[Any], dict[str, Any]]
    office_url: Callable[[Any], str]

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.model_label)


_kinds: dict[str, SubjectKind] = {}


def register_subject(
    model_label: str,
    *,
    label: Any,
    title: Callable[[Any], str],
    waiting: Callable[[Any, Committee], models.QuerySet[Any]],
    proposal: Callable[[Any], dict[str, Any]] = lambda _: {},
    office_url: Callable[[Any], str] = lambda _: "",
) -> None:
    """Called in ``AppConfig.ready()``: ``register_subject("loans.loanapplication", …)``.

    ``label`` names the kind (“loan applications”). ``waiting(user, committee)`` gives the subjects that wait
    for a decision of this committee: only they come on its agenda, so the app says which committee is
    responsible for what. ``proposal(subject)`` is what is proposed: the decision form asks for an ``amount``
    (at most the one proposed) and a ``rank`` where the proposal names them.
    """
    _kinds[model_label.lower()] = SubjectKind(
        model_label.lower(), label, title, waiting, proposal, office_url
    )


def kinds() -> list[SubjectKind]:
    return list(_kinds.values())


def kind_of(subject: models.Model | None) -> SubjectKind | None:
    return _kinds.get(subject._meta.label_lower) if subject else None  # noqa: SLF001
