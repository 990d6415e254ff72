"""What committees decide about: each app above offers its subjects for the agenda."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class SubjectKind:
    """How subjects of one model come to the agenda."""

    model_label: str
    label: Any
    title: Callable[[Any], str]
    waiting: Callable[[Any], models.QuerySet[Any]]
    proposal: Callable[[Any], dict[str, Any]]
    office_url: Callable[[Any], str]
    committee_code: str

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.model_label)


_kinds: dict[str, SubjectKind] = {}


def register_subject(
    model_label: str,
    *,
    label: Any,
    title: Callable[[Any], str],
    waiting: Callable[[Any], models.QuerySet[Any]],
    proposal: Callable[[Any], dict[str, Any]] = lambda _: {},
    office_url: Callable[[Any], str] = lambda _: "",
    committee_code: str = "",
) -> None:
    """Called in ``AppConfig.ready()``: ``register_subject("loans.loanapplication", …)``.

    ``label`` names the kind (“loan applications”). ``waiting(user)`` gives the subjects that wait for a
    decision; ``proposal(subject)`` what is proposed, for example ``{"amount": 50_000_000}``: ``amount`` and
    ``rank`` fill the decision form. ``committee_code`` limits the kind to one committee.
    """
    _kinds[model_label.lower()] = SubjectKind(
        model_label.lower(), label, title, waiting, proposal, office_url, committee_code
    )


def kinds(committee_code: str = "") -> list[SubjectKind]:
    """The kinds that may come before a committee."""
    return [kind for kind in _kinds.values() if kind.committee_code in {"", committee_code}]


def kind_of(subject: models.Model | None) -> SubjectKind | None:
    return _kinds.get(subject._meta.label_lower) if subject else None  # noqa: SLF001
