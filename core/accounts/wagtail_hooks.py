from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from core.accounts.office.businesses import BusinessViewSet
from core.accounts.office.consents import ConsentTextViewSet
from core.accounts.office.panels import WorklistPanel
from core.accounts.roles import Role, has_role


@hooks.register("register_admin_viewset")
def register_consent_texts() -> ConsentTextViewSet:
    return ConsentTextViewSet()


@hooks.register("register_admin_viewset")
def register_businesses() -> BusinessViewSet:
    return BusinessViewSet()


@hooks.register("construct_homepage_panels")
def put_work_first(request: HttpRequest, panels: list[Any]) -> None:
    """What waits comes first; Wagtail's panels about pages are for those who write pages."""
    if not has_role(request.user, Role.EDITOR, Role.ADMINISTRATOR):
        panels[:] = [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]
    panels.append(WorklistPanel())
