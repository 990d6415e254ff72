"""나의 할 일: what waits for a person, gathered from all apps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from django.http import HttpRequest
from django.utils import timezone

from core import clock
from core.accounts.models import User


@dataclass(frozen=True)
class Todo:
    """One thing to do. ``count`` says how many of the same kind stand behind the link."""

    title: str
    url: str
    due: datetime | date | None = None
    kind: str = ""
    detail: str = ""
    count: int = 1

    @property
    def due_at(self) -> datetime | None:
        """``due`` as a moment: a day ends at midnight."""
        if self.due is None or isinstance(self.due, datetime):
            return self.due
        return timezone.make_aware(datetime.combine(self.due, time.max))

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < clock.now()


Provider: TypeAlias = Callable[[User], Iterable[Todo]]
_providers: list[Provider] = []
_CACHE = "_todos"


def register(provider: Provider) -> Provider:
    """Ask ``provider(user)`` for things to do; each asks for its own in one or two queries."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def todos_for(user: User) -> list[Todo]:
    """What waits for ``user``, the most urgent first, what has no date last."""
    todos = [todo for provider in _providers for todo in provider(user)]
    return sorted(todos, key=lambda todo: (todo.due_at is None, todo.due_at or clock.now(), todo.title))


def todos_of(request: HttpRequest) -> list[Todo]:
    """The same for whoever asks, read once per request: the header's count costs nothing more."""
    if not hasattr(request, _CACHE):
        user = getattr(request, "user", None)
        setattr(request, _CACHE, todos_for(user) if isinstance(user, User) else [])
    todos: list[Todo] = getattr(request, _CACHE)
    return todos
