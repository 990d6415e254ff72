"""The demo's clock: how far ahead of real time it stands, in a small file that every process reads."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock

FARTHEST = timedelta(days=15 * 366)
_NONE = timedelta(0)
_Stamp = tuple[int, int]
_read: tuple[Path, _Stamp, timedelta] | None = None


def offset() -> timedelta:
    """By how much the clock is moved. One ``stat`` per call; the file is read again only when it changed."""
    global _read  # noqa: PLW0603
    path = _path()
    try:
        status = path.stat()
    except FileNotFoundError:
        return _NONE
    stamp = (status.st_ino, status.st_mtime_ns)
    if _read is None or _read[:2] != (path, stamp):
        _read = (path, stamp, timedelta(seconds=float(path.read_text(encoding="ascii"))))
    return _read[2]


def move_to(moment: datetime) -> None:
    """Let it be ``moment`` now. Only forward: what has happened stays in the past.

    Raises ``ValidationError``.
    """
    if moment <= clock.now():
        raise ValidationError(_("The clock moves forward only. Choose a later day."))
    ahead = moment - timezone.now()
    if ahead > FARTHEST:
        raise ValidationError(_("That is too far ahead. Choose a day within 15 years."))
    path = _path()
    partial = path.with_name(f"{path.name}.{uuid4().hex}")
    partial.write_text(f"{ahead.total_seconds():.3f}", encoding="ascii")
    os.replace(partial, path)  # noqa: PTH105 — atomic for readers in other processes


def reset() -> None:
    """Back to real time."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.VAR_DIR) / "demo-clock"
