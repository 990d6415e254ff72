"""What stands before Wagtail's own addresses, so that readers get in: see ``reading.py``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from cms.office import read_pages, reading


def _list(route: str, view: Any, name: str) -> list[URLPattern]:
    """A list, and its results alone for the search that types along."""
    return [
        _path(route, view.as_view(), name),
        _path(f"{route}results/", view.as_view(results_only=True), f"{name}_results"),
    ]


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(wraps(view)(require_admin_access(view))), name=name)


urlpatterns: list[URLPattern | URLResolver] = [
    _path("pages/", reading.explore, "office_pages"),
    *_list("images/", reading.PicturesView, "office_pictures"),
    *_list("documents/", reading.DocumentsView, "office_documents"),
    *_list("reports/workflow/", reading.ApprovalsView, "office_approvals"),
    *_list("reports/workflow_tasks/", reading.ApprovalTasksView, "office_approval_tasks"),
    _path("settings/cms/contactsettings/", read_pages.contact, "office_contact"),
    _path("settings/cms/contactsettings/<int:pk>/", read_pages.contact, "office_contact_of_site"),
    _path("content/read/<int:pk>/", read_pages.read_page, "office_read_page"),
    _path("content/read/<int:pk>/draft/", read_pages.read_draft, "office_read_draft"),
]
