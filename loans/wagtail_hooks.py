"""The office of the loans, hung into Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from loans.office.dashboard import dashboard
from loans.office.menu import LoansGroup


@hooks.register("register_admin_viewset")
def register_loans() -> LoansGroup:
    return LoansGroup()


@hooks.register("register_admin_urls")
def register_loans_urls() -> list[URLPattern]:
    return [path("loans/", dashboard, name="loans_dashboard")]
