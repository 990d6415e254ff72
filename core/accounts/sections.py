"""The cards of a person's own page: my applications, my loans."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from core.accounts.models import User


@dataclass(frozen=True)
class Row:
    """One line: what it is, where it stands (a status kind of the design system), where it leads."""

    title: str
    status_label: str = ""
    status_kind: str = "neutral"
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Section:
    """A card with its lines. ``url`` leads to all of them when the rows are only the newest."""

    title: str
    rows: Sequence[Row] = field(default_factory=list)
    empty_text: str = ""
    url: str = ""


Provider: TypeAlias = Callable[[User], list[Section]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Show the sections of ``provider(user)`` on the person's page, in the order of registration."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def sections_for(user: User) -> list[Section]:
    return [section for provider in _providers for section in provider(user)]
