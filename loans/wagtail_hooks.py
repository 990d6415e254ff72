"""The office of the loans, hung into Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from core.accounts.roles import Role, has_role
from loans.office.dashboard import dashboard
from loans.office.menu import LoansGroup
from loans.office.panels import FiguresPanel


@hooks.register("register_admin_viewset")
def register_loans() -> LoansGroup:
    return LoansGroup()


@hooks.register("register_admin_urls")
def register_loans_urls() -> list[URLPattern]:
    return [path("loans/", dashboard, name="loans_dashboard")]


@hooks.register("construct_homepage_panels")
def show_the_figures(request: HttpRequest, panels: list[Any]) -> None:
    """Finance lands where it sees how its loans stand."""
    if has_role(request.user, Role.FINANCE_STAFF, Role.FINANCE_APPROVER):
        panels.append(FiguresPanel())
