"""The one clock that business rules look at.

Deadlines, due dates and histories use :func:`now` and :func:`today`, never the system's clock directly, so
that the demo can be moved through the years of a loan. Only the demo app, which production refuses, sets an
offset.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

_offset: Callable[[], timedelta] | None = None


def now() -> datetime:
    """The current moment, aware, by the server's clock."""
    moment = timezone.now()
    return moment + _offset() if _offset else moment


def today() -> date:
    """Today's date in Seoul."""
    return timezone.localdate(now())


def use_offset(offset: Callable[[], timedelta] | None) -> None:
    """Let ``offset`` say by how much the clock is moved; ``None`` puts it back."""
    global _offset  # noqa: PLW0603
    _offset = offset
