from typing import Any

from wagtail.admin.ui.tables import Column

from core.payments.registry import pages_of


class SubjectColumn(Column):
    """What the money is for, as its app calls it."""

    def get_value(self, instance: Any) -> str:
        return pages_of(instance.subject).title(instance.subject) if instance.subject else "–"


class StatusColumn(Column):
    """How far the processing of an event is, as a tag."""

    cell_template_name = "office/tables/state_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"kind": instance.status_kind, "value": instance.status}
