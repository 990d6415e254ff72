from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.office.choosers import BusinessChooserViewSet
from cms.office.viewsets import ContentGroup, ReadersMenuItem

GROUPED = {"images", "documents"}


@hooks.register("register_admin_viewset")
def register_content_viewsets() -> list[Any]:
    return [ContentGroup(), BusinessChooserViewSet()]


@hooks.register("register_reports_menu_item")
def register_approvals() -> MenuItem:
    return ReadersMenuItem(
        _("Workflows"), reverse("office_approvals"), name="approvals", icon_name="tasks", order=800
    )


@hooks.register("register_settings_menu_item")
def register_contact() -> MenuItem:
    return ReadersMenuItem(
        _("Contact and office hours"), reverse("office_contact"), name="contact", icon_name="mail", order=100
    )


@hooks.register("construct_main_menu")
def put_files_into_content(request: Any, menu_items: list[MenuItem]) -> None:
    """Pictures and documents stand in the content menu, not beside it."""
    menu_items[:] = [item for item in menu_items if item.name not in GROUPED]
