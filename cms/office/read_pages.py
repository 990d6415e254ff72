"""One page, and whom the public may ask, for those who read everything."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.contrib.settings import views as settings_views
from wagtail.models import Page, PageLogEntry, Site

from cms.models import ContactSettings
from cms.rules import may_read_content

CHANGES_SHOWN = 100


@require_safe
def read_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a page stands, and what was done to it by whom."""
    page = _page(request, pk)
    changes = PageLogEntry.objects.filter(page=page.pk).select_related("user")[:CHANGES_SHOWN]
    context = {
        "header_title": page.title,
        "page_title": page.title,
        "header_icon": "doc-empty-inverse",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("content_all:index"), "label": _("All pages")},
            {"url": "", "label": page.title},
        ],
        "page": page,
        "kind": page.specific_class._meta.verbose_name,  # noqa: SLF001
        "changes": changes,
    }
    return render(request, "cms/office/read_page.html", context)


@require_safe
def read_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version, published or not, as the public would see it."""
    page: Any = _page(request, pk).get_latest_revision_as_object()
    return page.make_preview_request(request, page.default_preview_mode)


def contact(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Whom the public may ask: Wagtail's form for those who change it, the same facts to read for readers."""
    app, model = ContactSettings._meta.app_label, ContactSettings._meta.model_name  # noqa: SLF001
    if request.user.has_perm("cms.change_contactsettings") or not may_read_content(request.user):
        if pk is None:
            return settings_views.redirect_to_relevant_instance(request, app, model)
        return settings_views.EditView.as_view()(request, app, model, pk=pk)
    site = get_object_or_404(Site, pk=pk) if pk else get_object_or_404(Site, is_default_site=True)
    settings = ContactSettings.for_site(site)
    title = str(ContactSettings._meta.verbose_name)  # noqa: SLF001
    facts = [
        (field.verbose_name, getattr(settings, field.name))
        for field in ContactSettings._meta.fields  # noqa: SLF001
        if field.name not in {"id", "site"}
    ]
    context = {
        "header_title": title,
        "page_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "facts": facts,
    }
    return render(request, "cms/office/contact.html", context)


def _page(request: HttpRequest, pk: int) -> Page:
    if not may_read_content(request.user):
        raise PermissionDenied
    return get_object_or_404(Page.objects.filter(depth__gt=1), pk=pk)
