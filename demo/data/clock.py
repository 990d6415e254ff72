"""Lets the demo's past happen in the past: everything inside is dated to that moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from core import clock

SEOUL = ZoneInfo("Asia/Seoul")


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of ``day`` in Seoul."""
    return datetime.combine(day, time(hour, minute), SEOUL)


@contextmanager
def at(when: datetime) -> Iterator[None]:
    """The clock of the business rules stands at ``when`` and runs on from there."""
    before = clock._offset  # noqa: SLF001 — put back as it was
    shift: timedelta = when - timezone.now()
    clock.use_offset(lambda: shift)
    try:
        yield
    finally:
        clock.use_offset(before)
