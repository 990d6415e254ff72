"""The content menu of the office: flat lists of what editors keep, and pictures and documents."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.models import CallPage, CentrePage, NewsPage, StandardPage, SuccessStoryPage

WRITERS = ["add", "change", "publish"]


class PagesMenuItem(MenuItem):
    """Shown to those who may write somewhere on the site."""

    def is_shown(self, request: Any) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, WRITERS))


class FilesMenuItem(MenuItem):
    """Shown to those who may keep pictures or documents."""

    def __init__(self, *args: Any, policy: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy

    def is_shown(self, request: Any) -> bool:
        return bool(self.policy.user_has_any_permission(request.user, ["add", "change", "delete"]))


class ChooseParentForWriters(ChooseParentView):
    """Where to put a new page; closed to those who may put it nowhere."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.get_valid_parent_pages(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ContentFilterSet(WagtailFilterSet):
    live = django_filters.BooleanFilter(label=_("Published"))

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = ["live"]


class ContentViewSet(PageListingViewSet):
    choose_parent_view_class = ChooseParentForWriters
    menu_item_class = PagesMenuItem
    filterset_class = ContentFilterSet


TITLE = TitleColumn(
    "title",
    label=_("Title"),
    sort_key="title",
    get_url=lambda page: reverse("wagtailadmin_pages:edit", args=(page.pk,)),
)
"""Leads to the page's form, where everything can be done. Wagtail's own column asks the database for each row
what could be done, to offer it in a menu."""


def _columns(*own: Column) -> list[Column]:
    """Title, ``own``, when it was changed and whether it is published."""
    shared = {column.name: column for column in ContentViewSet.columns}
    return [TITLE, *own, shared["latest_revision_created_at"], shared["status"]]


class CallPagesView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().annotate(closes_at=F("call__closes_at"))


class CallPageViewSet(ContentViewSet):
    model = CallPage
    index_view_class = CallPagesView
    name = "content_calls"
    url_prefix = "content/calls"
    icon = "doc-full-inverse"
    menu_label = _("Call pages")
    columns: ClassVar[list[Any]] = _columns(
        DateColumn("closes_at", label=_("closes at"), sort_key="closes_at")
    )


class StoryViewSet(ContentViewSet):
    model = SuccessStoryPage
    name = "content_stories"
    url_prefix = "content/stories"
    icon = "openquote"
    menu_label = _("Success stories")
    columns: ClassVar[list[Any]] = _columns(
        Column("business_name", label=_("business"), sort_key="business_name")
    )


class NewsViewSet(ContentViewSet):
    model = NewsPage
    name = "content_news"
    url_prefix = "content/news"
    icon = "list-ul"
    menu_label = _("News")
    columns: ClassVar[list[Any]] = _columns()


class CentreViewSet(ContentViewSet):
    model = CentrePage
    name = "content_centres"
    url_prefix = "content/centres"
    icon = "home"
    menu_label = _("Centres")
    columns: ClassVar[list[Any]] = _columns()


class StandardPageViewSet(ContentViewSet):
    model = StandardPage
    name = "content_pages"
    url_prefix = "content/pages"
    icon = "doc-full"
    menu_label = _("Other pages")
    columns: ClassVar[list[Any]] = _columns()


class ContentGroup(ViewSetGroup):
    menu_label = _("Content")
    menu_name = "content"
    menu_icon = "doc-full"
    menu_order = 600
    items = (CallPageViewSet, StoryViewSet, NewsViewSet, CentreViewSet, StandardPageViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        items: list[MenuItem] = super().get_submenu_items()
        return [
            *items,
            FilesMenuItem(
                _("Pictures"),
                reverse("wagtailimages:index"),
                name="content-images",
                icon_name="image",
                order=90,
                policy=image_policy,
            ),
            FilesMenuItem(
                _("Documents"),
                reverse("wagtaildocs:index"),
                name="content-documents",
                icon_name="doc-full-inverse",
                order=91,
                policy=document_policy,
            ),
        ]
