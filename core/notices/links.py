"""Links that let somebody in: made when their mail goes out, never kept where others could read them."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from core.notices.models import Notice

Maker: TypeAlias = Callable[[Notice], str]
M = TypeVar("M", bound=Maker)
_makers: dict[str, Maker] = {}


def secret_link(event: str) -> Callable[[M], M]:
    """The decorated ``maker(notice)`` gives the path that mails of ``event`` lead to."""

    def register(maker: M) -> M:
        _makers[event] = maker
        return maker

    return register


def link_of(notice: Notice) -> str:
    """Where the mail leads to: what the notice says, or a link made now."""
    maker = _makers.get(notice.event)
    return maker(notice) if maker else notice.url
