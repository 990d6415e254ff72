"""Wagtail's lists of pages, files and approvals, open also to those who read everything and write nothing.

Wagtail opens them to writers only. Here each of its views takes readers in, with all rows and without a way
to change any. The views stand before Wagtail's own, at the same addresses: see ``urls.py``.
"""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views.pages import listing
from wagtail.admin.views.reports import workflows
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.models import Page, ReferenceIndex, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from cms.rules import may_read_content

WRITERS = ["add", "change", "publish"]


def may_write_pages(user: Any) -> bool:
    """Whether the person may write somewhere on the site."""
    return bool(page_permission_policy.user_has_any_permission(user, WRITERS))


class ForReaders:
    """Lets readers into a list of Wagtail."""

    request: HttpRequest

    @cached_property
    def is_reader(self) -> bool:
        return may_read_content(self.request.user)

    def user_has_any_permission(self, permissions: Any) -> bool:
        return self.is_reader or super().user_has_any_permission(permissions)  # type: ignore[misc]


# ── pages ───────────────────────────────────────────────────────────────────
class PagesView(ForReaders, listing.IndexView):
    """A flat list of pages of one kind."""

    def get_base_queryset(self) -> QuerySet[Page]:
        if not self.is_reader:
            return super().get_base_queryset()
        return self.annotate_queryset(self.model.objects.filter(depth__gt=1))


@require_safe
def explore(request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
    """Wagtail's tree of pages for those who write in it; readers have the list of all pages."""
    if may_read_content(request.user) and not may_write_pages(request.user):
        return redirect("content_all:index")
    return listing.ExplorableIndexView.as_view()(request, parent_page_id)


# ── pictures and documents ──────────────────────────────────────────────────
class _FilesView(ForReaders):
    """Files with what they are called, how large they are and where they are used."""

    model: Any
    needs_usage_count_subquery: bool

    def get_base_queryset(self) -> QuerySet[Any]:
        if not self.is_reader:
            return super().get_base_queryset()  # type: ignore[misc]
        files: QuerySet[Any] = self.model.objects.select_related("collection")
        if self.needs_usage_count_subquery:
            files = files.annotate(usage_count=ReferenceIndex.usage_count_subquery(self.model))
        return files

    @property
    def may_change(self) -> bool:
        return bool(self.user_has_permission("change"))  # type: ignore[attr-defined]

    @cached_property
    def columns(self) -> list[Any]:
        """Nothing to tick for those who can do nothing with it."""
        columns = super().columns  # type: ignore[misc]
        return columns if self.may_change else [row for row in columns if row.name not in UNREAD]


UNREAD = frozenset({"bulk_actions", "usage_count"})


class PictureColumn(BaseColumn):
    """The picture itself; Wagtail's leads to the form."""

    cell_template_name = "cms/office/picture_cell.html"


class PicturesView(_FilesView, images.IndexView):
    @cached_property
    def columns(self) -> list[Any]:
        picture = PictureColumn("preview", label=_("Preview"))
        columns = super().columns
        return (
            columns if self.may_change else [picture if row.name == picture.name else row for row in columns]
        )

    def get_base_queryset(self) -> QuerySet[Any]:
        pictures: Any = super().get_base_queryset()
        return pictures.prefetch_renditions("max-165x165") if self.is_reader else pictures

    @cached_property
    def layout(self) -> str:
        """The grid leads to the forms."""
        return super().layout if self.may_change else "list"

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if self.may_change else None


class DocumentsView(_FilesView, documents.IndexView):
    def get_edit_url(self, instance: Any) -> str:
        return super().get_edit_url(instance) if self.may_change else instance.url


# ── approvals ───────────────────────────────────────────────────────────────
class _ApprovalsView(ForReaders):
    """What was handed in for approval. Wagtail's own table leads to the forms; the readers' leads nowhere."""

    rows: Any = None
    columns_for_readers: ClassVar[list[Column]] = []

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        if self.is_reader:
            self.columns = self.columns_for_readers
            self.results_template_name = "wagtailadmin/reports/base_report_results.html"

    def get_queryset(self) -> QuerySet[Any]:
        return self.rows.all() if self.is_reader else super().get_queryset()  # type: ignore[misc]


class ApprovalsView(_ApprovalsView, workflows.WorkflowView):
    rows = (
        WorkflowState.objects.select_related("workflow", "requested_by")
        .prefetch_related("content_object")
        .order_by("-created_at", "-pk")
    )
    columns_for_readers: ClassVar[list[Column]] = [
        Column("content_object", label=_("Title")),
        Column("workflow", label=_("Workflow")),
        Column("status", accessor="get_status_display", label=_("Status")),
        Column("requested_by", label=_("Requested by")),
        DateColumn("created_at", label=_("Started at")),
    ]


class ApprovalTasksView(_ApprovalsView, workflows.WorkflowTasksView):
    rows = (
        TaskState.objects.select_related("task", "finished_by", "workflow_state")
        .prefetch_related("workflow_state__content_object")
        .order_by("-started_at", "-pk")
    )
    columns_for_readers: ClassVar[list[Column]] = [
        Column("content_object", accessor="workflow_state.content_object", label=_("Title")),
        Column("task", label=_("Task")),
        Column("status", accessor="get_status_display", label=_("Status")),
        DateColumn("started_at", label=_("Started at")),
        DateColumn("finished_at", label=_("Completed at")),
        Column("finished_by", label=_("By")),
    ]
