"""Columns for lists: money that lines up, states as tags, moments in Seoul."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from core.money import format_won


class WonColumn(Column):
    """Whole won, right-aligned, in figures of equal width."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="gp-number", **kwargs)

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return "" if value is None else format_won(value)


class StateColumn(Column):
    """The state of a lifecycle as a tag; the model's ``state_kind`` says which colour."""

    cell_template_name = "office/tables/state_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["kind"] = getattr(instance, "state_kind", "neutral")
        context["value"] = instance.get_state_display()
        return context


class LinkColumn(TitleColumn):
    """The first column: the name of the thing, leading to its page."""

    def __init__(self, name: str, *, url: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(name, get_url=url, **kwargs)


__all__ = ["Column", "DateColumn", "LinkColumn", "StateColumn", "WonColumn"]
