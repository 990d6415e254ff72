"""Rows that belong to another one, in whose history their changes stand: of a product, a call, a rubric."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from core.errors import NotNow, Stale

P = TypeVar("P", bound=models.Model)


def named(part: models.Model) -> str:
    """What kind of part and which, for a history: ``Document “Business plan”``."""
    return f"{part._meta.verbose_name} “{part}”"  # noqa: SLF001


def added(part: models.Model) -> str:
    """For a history, as are ``deleted`` and ``changed``."""
    return _("%(part)s: added") % {"part": named(part)}


def deleted(part: models.Model) -> str:
    return _("%(part)s: deleted") % {"part": named(part)}


def changed(part: models.Model, *what: str) -> str:
    """``what`` are the parts of a sentence, empty ones left out."""
    return " — ".join(filter(None, [named(part), *what]))


def still_there(part: P) -> P:
    """``part`` as it is now. Raises ``Stale`` when a colleague has deleted it."""
    row = type(part)._default_manager.filter(pk=part.pk).first()  # noqa: SLF001
    if row is None:
        raise Stale
    return row


def remove(part: models.Model) -> None:
    """Delete ``part``. Raises ``NotNow`` when something stands on it."""
    try:
        part.delete()
    except models.ProtectedError as error:
        raise NotNow from error
