"""The portfolio on the office's first page, for those who answer for it."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from core import clock
from loans.queries.portfolio import portfolio_summary


class FiguresPanel(Component):
    name = "loans_figures"
    template_name = "loans/office/figures_panel.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"summary": portfolio_summary((parent_context or {})["request"].user, clock.today())}
