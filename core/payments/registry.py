"""What can be paid for: each app above tells how its subjects are called and where they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class SubjectPages:
    """How a subject is shown: its name, the payer's page of it, the staff's page of it."""

    title: Callable[[Any], str]
    page_url: Callable[[Any], str]
    office_url: Callable[[Any], str]


_subjects: dict[str, SubjectPages] = {}


def register_subject(
    model_label: str,
    *,
    title: Callable[[Any], str] = str,
    page_url: Callable[[Any], str] = lambda _: "",
    office_url: Callable[[Any], str] = lambda _: "",
) -> None:
    """Called in ``AppConfig.ready()`` with, for example, ``"loans.loan"``."""
    _subjects[model_label.lower()] = SubjectPages(title, page_url, office_url)


def pages_of(subject: models.Model | None) -> SubjectPages:
    """The pages of ``subject``; its ``str()`` and no links where nobody registered it."""
    fallback = SubjectPages(str, lambda _: "", lambda _: "")
    return _subjects.get(subject._meta.label_lower, fallback) if subject else fallback  # noqa: SLF001
