"""Exceptions to the public calendar, kept by staff."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column

from core.calendar.models import HolidayOverride
from core.fields import DateInput
from core.office import RecordViewSet


def overrides_for_office(user: Any) -> QuerySet[HolidayOverride]:
    allowed = user.has_perm("calendar.view_holidayoverride")
    return HolidayOverride.objects.all() if allowed else HolidayOverride.objects.none()


class HolidayOverrideViewSet(RecordViewSet):
    model = HolidayOverride
    name = "calendar"
    url_prefix = "calendar"
    icon = "calendar-alt"
    menu_label = _("Working days")
    menu_order = 700
    add_to_settings_menu = True
    view_permission = "calendar.view_holidayoverride"
    add_permission = "calendar.add_holidayoverride"
    change_permission = "calendar.change_holidayoverride"
    delete_permission = "calendar.delete_holidayoverride"
    scope = overrides_for_office
    detail_template_name = "calendar/office/override.html"
    form_fields: ClassVar[list[str]] = ["date", "name", "is_working"]
    form_widgets: ClassVar[dict[str, Any]] = {"date": DateInput}
    search_fields: ClassVar[list[str]] = ["name"]
    list_display: ClassVar[list[Any]] = [
        Column("date", label=_("Date"), sort_key="date"),
        "name",
        BooleanColumn("is_working", label=_("Working day")),
    ]
