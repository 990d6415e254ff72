"""Columns for lists: money that lines up, states as tags, moments in Seoul."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column

from core.money import format_percent, format_won


class WonColumn(Column):
    """Whole won, right-aligned, in figures of equal width."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="gp-number", **kwargs)

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return "" if value is None else format_won(value)


class PercentColumn(Column):
    """A rate in per cent, right-aligned."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="gp-number", **kwargs)

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return "" if value is None else format_percent(value)


class YesNoColumn(Column):
    """A yes or a no in words."""

    def get_value(self, instance: Any) -> str:
        return _("Yes") if super().get_value(instance) else _("No")


class StateColumn(Column):
    """The state of a lifecycle as a tag. ``kinds`` says which colour a state has, else ``state_kind``."""

    cell_template_name = "office/tables/state_cell.html"

    def __init__(self, name: str, *, kinds: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.kinds = kinds

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        kind = (
            self.kinds.get(instance.state)
            if self.kinds is not None
            else getattr(instance, "state_kind", None)
        )
        return context | {"kind": kind or "neutral", "value": instance.get_state_display()}


class MomentColumn(Column):
    """A moment in Seoul to the minute, on one line."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="gp-moment", **kwargs)

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


class DayColumn(Column):
    """A day, on one line."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="gp-moment", **kwargs)

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return f"{value:%Y-%m-%d}" if value else ""


__all__ = [
    "Column",
    "DayColumn",
    "MomentColumn",
    "PercentColumn",
    "StateColumn",
    "WonColumn",
    "YesNoColumn",
]
