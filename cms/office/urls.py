"""What stands before Wagtail's own addresses, so that readers get in: see ``reading.py``."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from cms.office import read_pages, reading
from core.office.door import behind_the_door


def _list(route: str, view: Any, name: str) -> list[URLPattern]:
    """A list, and its results alone for the search that types along."""
    return [
        path(route, view.as_view(), name=name),
        path(f"{route}results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]


urlpatterns: list[URLPattern | URLResolver] = behind_the_door(
    [
        path("pages/", reading.explore, name="office_pages"),
        *_list("images/", reading.PicturesView, "office_pictures"),
        *_list("documents/", reading.DocumentsView, "office_documents"),
        *_list("reports/workflow/", reading.ApprovalsView, "office_approvals"),
        *_list("reports/workflow_tasks/", reading.ApprovalTasksView, "office_approval_tasks"),
        path("settings/cms/contactsettings/", read_pages.contact, name="office_contact"),
        path("settings/cms/contactsettings/<int:pk>/", read_pages.contact, name="office_contact_of_site"),
        path("content/read/<int:pk>/", read_pages.read_page, name="office_read_page"),
        path("content/read/<int:pk>/draft/", read_pages.read_draft, name="office_read_draft"),
    ]
)
