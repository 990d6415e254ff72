"""The jobs plan in the office: programme staff and administrators edit, auditors read."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import IndexView, history, usage
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from impact.models import Area, AreaResult, JobsPlan, Project

READERS = ["view", "add", "change", "delete"]


class HistoryView(history.HistoryView):
    any_permission_required = READERS


class UsageView(usage.UsageView):
    permission_required = "view"


class ListView(IndexView):
    related: Sequence[str] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related(*self.related)


class PlanViewSet(ModelViewSet):
    """Who may view also sees what changed and where it is used. ``related`` is what a row's name needs."""

    related: Sequence[str] = ()
    index_view_class = ListView
    history_view_class = HistoryView
    usage_view_class = UsageView
    inspect_view_enabled = True
    copy_view_enabled = False

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(related=self.related, **kwargs)


class JobsPlanViewSet(PlanViewSet):
    model = JobsPlan
    url_prefix = "impact/plans"
    icon = "calendar-alt"
    menu_label = _("Jobs plans")
    list_display: ClassVar[list[Any]] = ["year", "target_jobs", "employment_rate", "employed", "published_on"]
    search_fields: ClassVar[list[str]] = ["source"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("year"), FieldPanel("target_jobs"), FieldPanel("project_count")]),
            FieldRowPanel([FieldPanel("employment_rate"), FieldPanel("employed")]),
            MultiFieldPanel(
                [FieldPanel("source"), FieldPanel("source_url"), FieldPanel("published_on")],
                heading=_("source"),
            ),
        ]
    )


class AreaViewSet(PlanViewSet):
    model = Area
    related = ("plan",)
    url_prefix = "impact/areas"
    icon = "list-ul"
    menu_label = _("Areas of the plan")
    list_display: ClassVar[list[Any]] = ["name", "plan", "order"]
    list_filter: ClassVar[list[str]] = ["plan"]
    search_fields: ClassVar[list[str]] = ["name"]
    form_fields: ClassVar[list[str]] = ["plan", "name", "order"]


class ProjectFilterSet(WagtailFilterSet):
    area = django_filters.ModelChoiceFilter(
        label=_("Area of the plan"), queryset=Area.objects.select_related("plan")
    )

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = ["plan", "area"]


class ProjectViewSet(PlanViewSet):
    model = Project
    related = ("plan", "area__plan")
    url_prefix = "impact/projects"
    icon = "clipboard-list"
    menu_label = _("Projects of the plan")
    list_display: ClassVar[list[Any]] = [
        "name",
        "plan",
        "area",
        "partner",
        BooleanColumn("is_new", label=_("new this year")),
    ]
    filterset_class = ProjectFilterSet
    search_fields: ClassVar[list[str]] = ["name", "partner"]
    form_fields: ClassVar[list[str]] = ["plan", "area", "name", "partner", "is_new", "order"]


class AreaResultViewSet(PlanViewSet):
    model = AreaResult
    related = ("area__plan",)
    url_prefix = "impact/results"
    icon = "order"
    menu_label = _("Quarterly results")
    list_display: ClassVar[list[Any]] = [
        "area",
        "quarter",
        "target",
        "achieved",
        "as_of",
        BooleanColumn("is_demo", label=_("demonstration data")),
    ]
    list_filter: ClassVar[list[str]] = ["area__plan", "quarter", "is_demo"]
    search_fields: ClassVar[list[str]] = ["area__name", "source"]
    form_fields: ClassVar[list[str]] = ["area", "quarter", "target", "achieved", "as_of", "source", "is_demo"]


class ImpactViewSetGroup(ModelViewSetGroup):
    menu_label = _("Outcomes")
    menu_icon = "success"
    menu_order = 500
    items = (AreaResultViewSet, JobsPlanViewSet, AreaViewSet, ProjectViewSet)
