"""Changing the facts of a row: who changed what, from what to what, and why stands in its history."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.money import format_won
from core.workflow.actors import Actor
from core.workflow.models import Recorded
from core.workflow.perform import record_edit

LONGEST = 60


def change_fields(row: Recorded, values: Mapping[str, Any], *, by: Actor, reason: str = "") -> None:
    """Set ``values`` on the locked ``row`` and write what differs into its history.

    Raises ``ValidationError`` by field when the row does not make sense with them.
    """
    changed = differing(row, values)
    what = from_to(row, changed)
    for name, value in changed.items():
        setattr(row, name, value)
    row.full_clean(exclude={"state"})
    if changed:
        row.save(update_fields=list(changed))
        record_edit(row, by=by, what=" — ".join(filter(None, [what, reason.strip()])))


def differing(row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of ``values`` what is not so already."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def from_to(row: models.Model, values: Mapping[str, Any]) -> str:
    """What ``values`` change of ``row``, in words: ``annual rate: 1% → 1.5%; …``."""
    fields = {name: row._meta.get_field(name) for name in values}  # noqa: SLF001
    return "; ".join(
        f"{fields[name].verbose_name}: "  # type: ignore[union-attr]
        f"{in_words(fields[name], getattr(row, name))} → {in_words(fields[name], value)}"
        for name, value in values.items()
    )


def in_words(field: Any, value: Any, *, longest: int = LONGEST) -> str:
    """A value of a model's field as people read it; long texts are cut."""
    if value is None or value == "":
        return "–"
    if hasattr(field, "in_words"):
        return str(field.in_words(value))
    if isinstance(field, models.BigIntegerField):  # so are all amounts of money kept
        return format_won(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return Truncator(_plain(value)).chars(longest)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return date_format(timezone.localtime(value), "Y-m-d H:i:s")
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
