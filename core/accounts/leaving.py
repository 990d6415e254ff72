"""Leaving (회원 탈퇴): what has to be ended first, what is kept and why, what is erased.

Each app tells its own part.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from core.accounts.models import User


@dataclass(frozen=True)
class Holding:
    """Something that hangs on an account. What ``must_end`` is ended first, at ``url``; the rest is kept."""

    title: str
    reason: str
    must_end: bool = False
    url: str = ""


Provider: TypeAlias = Callable[[User], Iterable[Holding]]
Eraser: TypeAlias = Callable[[User], None]
_providers: list[Provider] = []
_erasers: list[Eraser] = []


def register(provider: Provider, *, erase_drafts: Eraser | None = None) -> None:
    """Ask ``provider(user)`` what hangs on an account; ``erase_drafts(user)`` deletes what is unfinished."""
    if provider not in _providers:
        _providers.append(provider)
    if erase_drafts is not None and erase_drafts not in _erasers:
        _erasers.append(erase_drafts)


def holdings_of(user: User) -> list[Holding]:
    """Everything that hangs on the account of ``user``."""
    return [holding for provider in _providers for holding in provider(user)]


def erase_drafts_of(user: User) -> None:
    """In the caller's transaction."""
    for erase in _erasers:
        erase(user)
