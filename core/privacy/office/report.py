"""접속기록: the report that is reviewed every month."""

from typing import Any, ClassVar

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.office import RulePolicy
from core.office.exports import CarefulExport
from core.privacy.masking import mask_name
from core.privacy.models import AccessLog
from core.privacy.queries import accesses_for


def _owner(row: AccessLog) -> str:
    return f"{mask_name(row.owner.name)} (#{row.owner_id})" if row.owner else "–"


def _object(row: AccessLog) -> str:
    """A list has no number of its own."""
    return str(row.object_id or "–")


def _moment(row: AccessLog) -> str:
    """To the second: “a while ago” proves nothing."""
    return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"


class AccessFilters(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("When"))
    action = django_filters.ChoiceFilter(label=_("What was done"), choices=AccessLog.Action.choices)
    by = django_filters.CharFilter(label=_("Who (e-mail)"), field_name="by__email", lookup_expr="icontains")
    owner = django_filters.CharFilter(
        label=_("Whose data (e-mail)"), field_name="owner__email", lookup_expr="icontains"
    )

    class Meta:
        model = AccessLog
        fields: ClassVar[list[str]] = []


class AccessLogReport(CarefulExport, ReportView):
    page_title = _("Access log")
    header_icon = "history"
    index_url_name = "access_log"
    index_results_url_name = "access_log_results"
    model = AccessLog
    permission_policy = RulePolicy(AccessLog, view="privacy.view_accesslog")
    any_permission_required: ClassVar[list[str]] = ["view"]
    filterset_class = AccessFilters
    default_ordering = "-sequence"
    list_export: ClassVar[list[str]] = [
        "sequence",
        "at",
        "by.email",
        "ip",
        "owner_id",
        "action",
        "content_type.model",
        "object_id",
        "reason",
        "hash",
    ]
    columns: ClassVar[list[Column]] = [
        Column("sequence", label=_("Number"), classname="gp-number", sort_key="sequence"),
        Column("at", label=_("When"), accessor=_moment, sort_key="at"),
        Column("by", label=_("Who")),
        Column("ip", label=_("From where")),
        Column("owner", label=_("Whose data"), accessor=_owner),
        Column("action", label=_("What was done"), accessor="get_action_display"),
        Column("kind", label=_("Kind of object"), accessor="content_type.name"),
        Column("object", label=_("Object"), accessor=_object, classname="gp-number"),
        Column("reason", label=_("Reason")),
    ]

    def get_base_queryset(self) -> Any:
        return accesses_for(self.request.user)

    def get_filename(self) -> str:
        return "access-log"

    def what_is_exported(self) -> str:
        return str(_("The access log itself"))
