from typing import Any

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.office.choosers import BusinessChooserViewSet
from cms.office.viewsets import ContentGroup

GROUPED = {"images", "documents"}


@hooks.register("register_admin_viewset")
def register_content_viewsets() -> list[Any]:
    return [ContentGroup(), BusinessChooserViewSet()]


@hooks.register("construct_main_menu")
def put_files_into_content(request: Any, menu_items: list[MenuItem]) -> None:
    """Pictures and documents stand in the content menu, not beside it."""
    menu_items[:] = [item for item in menu_items if item.name not in GROUPED]
