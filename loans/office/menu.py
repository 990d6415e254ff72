"""The menu “융자” and what stands in it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from loans.office.applications import LoanApplicationViewSet
from loans.office.loans import LoanViewSet
from loans.office.setup import (
    EligibilityItemViewSet,
    FundViewSet,
    FundYearViewSet,
    LoanRoundViewSet,
    ProductDocumentViewSet,
    ProductViewSet,
)


class PortfolioMenuItem(MenuItem):
    """Finance's first page, for those who see the portfolio."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(has_perm("loans.see_portfolio", request.user))


class LoansGroup(ViewSetGroup):
    menu_label = _("Lending")
    menu_icon = "doc-full-inverse"
    menu_order = 210
    items = (
        LoanRoundViewSet,
        LoanApplicationViewSet,
        LoanViewSet,
        FundViewSet,
        FundYearViewSet,
        ProductViewSet,
        ProductDocumentViewSet,
        EligibilityItemViewSet,
    )

    def get_submenu_items(self) -> list[Any]:
        first = PortfolioMenuItem(
            _("Loans at a glance"), reverse("loans_dashboard"), icon_name="table", order=10
        )
        return [first, *super().get_submenu_items()]
