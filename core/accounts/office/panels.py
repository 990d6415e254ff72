"""What waits for a member of staff, first on the office's first page."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from core.accounts.worklist import todos_of


class WorklistPanel(Component):
    name = "worklist"
    template_name = "accounts/office/worklist_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        todos = todos_of(request)
        return {"todos": todos, "dated": any(todo.due for todo in todos), "request": request}
