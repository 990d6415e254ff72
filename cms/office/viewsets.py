"""The content menu of the office: flat lists of what editors keep, and pictures and documents."""

from typing import Any, ClassVar

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import PageTypeColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page, get_page_models

from cms.models import CallPage, CentrePage, NewsPage, StandardPage, SuccessStoryPage
from cms.office.reading import PagesView, may_write_pages
from cms.rules import may_read_content


class PagesMenuItem(MenuItem):
    """Shown to those who may write somewhere on the site, and to those who read everything."""

    def is_shown(self, request: Any) -> bool:
        return may_write_pages(request.user) or may_read_content(request.user)


class ReadersMenuItem(MenuItem):
    """Shown to readers in the place of what Wagtail shows to writers."""

    def is_shown(self, request: Any) -> bool:
        return may_read_content(request.user) and not may_write_pages(request.user)


class FilesMenuItem(ReadersMenuItem):
    """Shown to those who may keep pictures or documents, or read them."""

    def __init__(self, *args: Any, policy: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy

    def is_shown(self, request: Any) -> bool:
        may_keep = self.policy.user_has_any_permission(request.user, ["add", "change", "delete"])
        return bool(may_keep) or super().is_shown(request)


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
    index_view_class = PagesView
    choose_parent_view_class = ChooseParentForWriters
    menu_item_class = PagesMenuItem
    filterset_class = ContentFilterSet


class PageColumn(TitleColumn):
    """Leads to the page's form, where everything can be done; for readers to what there is to read.

    Wagtail's own column asks the database for each row what could be done, to offer it in a menu.
    """

    def get_link_url(self, instance: Any, parent_context: Any) -> str:
        writes = may_write_pages(parent_context["request"].user)
        return reverse("wagtailadmin_pages:edit" if writes else "office_read_page", args=(instance.pk,))


TITLE = PageColumn("title", label=_("Title"), sort_key="title")


def _columns(*own: Column) -> list[Column]:
    """Title, ``own``, when it was changed and whether it is published."""
    shared = {column.name: column for column in ContentViewSet.columns}
    return [TITLE, *own, shared["latest_revision_created_at"], shared["status"]]


class CallPagesView(PagesView):
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


class AllPagesView(PagesView):
    """Asks for what all pages have in common: a query for each kind of page would tell nothing more."""

    def annotate_queryset(self, pages: Any) -> Any:
        ContentType.objects.get_for_models(*get_page_models())  # kept: each row says what kind it is
        return pages.prefetch_workflow_states().annotate_site_root_state().annotate_approved_schedule()


class AllPagesViewSet(ContentViewSet):
    """Every page of the site, for those who read: writers have Wagtail's tree."""

    model = Page
    menu_item_class = ReadersMenuItem
    name = "content_all"
    url_prefix = "content/all"
    icon = "folder-open-inverse"
    menu_label = _("All pages")
    index_view_class = AllPagesView
    columns: ClassVar[list[Any]] = _columns(
        PageTypeColumn("type", label=_("Type"), accessor="page_type_display_name", sort_key="content_type")
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Nothing is added here: which kind of page should it be?"""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "choose_parent"]


class ContentGroup(ViewSetGroup):
    menu_label = _("Content")
    menu_name = "content"
    menu_icon = "doc-full"
    menu_order = 600
    items = (
        CallPageViewSet,
        StoryViewSet,
        NewsViewSet,
        CentreViewSet,
        StandardPageViewSet,
        AllPagesViewSet,
    )

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
