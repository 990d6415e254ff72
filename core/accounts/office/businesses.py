"""Businesses as staff read them: what is registered, who acts for it, what its owners changed."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from core.accounts.models import Business
from core.accounts.queries import businesses_for_office, changes_of, members_of
from core.office import RecordViewSet

MOST_SHOWN = 200


def _details(request: HttpRequest, business: Business) -> dict[str, Any]:
    return {
        "members": list(members_of(business)),
        "business_changes": list(changes_of(business)[:MOST_SHOWN]),
    }


class BusinessViewSet(RecordViewSet):
    model = Business
    name = "businesses"
    url_prefix = "businesses"
    icon = "home"
    menu_label = _("Businesses")
    menu_order = 240
    add_to_admin_menu = True
    view_permission = "accounts.read_businesses"
    scope = businesses_for_office
    details = _details
    detail_template_name = "accounts/office/business.html"
    search_fields: ClassVar[list[str]] = ["name", "registration_number", "representative"]
    list_filter: ClassVar[list[str]] = ["kind", "is_micro"]
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("registration_number", label=_("Business registration number")),
        Column("representative", label=_("Representative")),
        Column("sector", label=_("Sector"), sort_key="sector"),
    ]
