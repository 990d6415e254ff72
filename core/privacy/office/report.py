"""접속기록: the report that is reviewed every month."""

from typing import Any, ClassVar

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.office import RulePolicy
from core.office.exports import CarefulExport
from core.office.filters import DaysFilter
from core.privacy.masking import mask_name
from core.privacy.models import AccessLog
from core.privacy.queries import accesses_for, kinds_in_the_log, named


def _owner(row: AccessLog) -> str:
    return f"{mask_name(row.owner.name)} (#{row.owner_id})" if row.owner else "–"


def _object(row: AccessLog) -> str:
    """A list has no number of its own."""
    return str(row.object_id or "–")


def _moment(row: AccessLog) -> str:
    """To the second: “a while ago” proves nothing."""
    return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"


def kinds_of(request: HttpRequest) -> QuerySet[ContentType]:
    return kinds_in_the_log()


class KindField(ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class KindFilter(django_filters.ModelChoiceFilter):
    field_class = KindField


class AccessFilters(WagtailFilterSet):
    at = DaysFilter(label=_("When"))
    action = django_filters.ChoiceFilter(label=_("What was done"), choices=AccessLog.Action.choices)
    by = django_filters.CharFilter(label=_("Who (name or e-mail)"), method="of_person")
    owner = django_filters.CharFilter(label=_("Whose data (name or e-mail)"), method="of_person")
    kind = KindFilter(label=_("Kind of object"), field_name="content_type", queryset=kinds_of)

    class Meta:
        model = AccessLog
        fields: ClassVar[list[str]] = []

    def of_person(self, rows: QuerySet[AccessLog], name: str, value: str) -> QuerySet[AccessLog]:
        return named(rows, name, value)


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
