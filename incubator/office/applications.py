"""Applications as programme staff see them: the list, and one with everything that belongs to it."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from core import clock
from core.documents.queries import documents_of
from core.office import Action, LifecycleViewSet
from core.office.actions import ReadReasonForm
from core.office.columns import MomentColumn, StateColumn
from incubator.models import Application
from incubator.office.forms import CorrectionForm
from incubator.queries.journey import STATUS_KIND
from incubator.queries.office import applications_for_staff, unsigned_in_time
from incubator.queries.reviews import kinds_for_evaluators
from incubator.services.graduation import graduate
from incubator.services.screening import confirm_eligible, refuse_ineligible, return_for_correction
from incubator.services.waitlist import lapse_place

PLAN_FIELDS = ("problem", "solution", "scale_up", "team_text")


def _confirm(*, by: Any, obj: Application, expected_version: int) -> None:
    confirm_eligible(by=by, application=obj, expected_version=expected_version)


def _return(*, by: Any, obj: Application, expected_version: int, **fields: Any) -> None:
    return_for_correction(by=by, application=obj, expected_version=expected_version, **fields)


def _refuse(*, by: Any, obj: Application, expected_version: int, reason: str) -> None:
    refuse_ineligible(by=by, application=obj, reason=reason, expected_version=expected_version)


def _graduate(*, by: Any, obj: Application, expected_version: int) -> None:
    graduate(by=by, application=obj, expected_version=expected_version)


def _lapse(*, by: Any, obj: Application, expected_version: int) -> None:
    lapse_place(by=by, application=obj, expected_version=expected_version)


def _is_out_of_time(application: Application) -> bool:
    return not application.may_be_corrected(clock.now())


ACTIONS = (
    Action(
        name="confirm",
        label=_("Confirm eligibility"),
        run=_confirm,
        transition="confirm_eligible",
        explain=_("Make sure first that the files that evaluators read don’t tell who applies."),
        done=_("The application is eligible and can be evaluated."),
    ),
    Action(
        name="return",
        label=_("Ask for corrections"),
        run=_return,
        transition="return_for_correction",
        form_class=CorrectionForm,
        kind="secondary",
        explain=_("List everything at once: the applicant gets one letter with all of it."),
        done=_("The applicant was told what to mend."),
    ),
    Action(
        name="refuse",
        label=_("Refuse as not eligible"),
        run=_refuse,
        transition="refuse_ineligible",
        when=_is_out_of_time,
        form_class=ReadReasonForm,
        kind="danger",
        done=_("The application was refused and the applicant was told why."),
    ),
    Action(
        name="graduate",
        label=_("Record the graduation"),
        run=_graduate,
        transition="graduate",
        explain=_("The plan is completed. The founder can be told as a success story."),
        done=_("The graduation is recorded."),
    ),
    Action(
        name="lapse",
        label=_("Pass the place on"),
        run=_lapse,
        transition="lapse",
        kind="danger",
        explain=_("The agreement was not signed in time: the next one on the waiting list moves up."),
        done=_("The place went to the next one on the waiting list."),
    ),
)


class ApplicationFilterSet(WagtailFilterSet):
    overdue = django_filters.ChoiceFilter(
        label=_("Not in time"),
        method="by_overdue",
        choices=[("agreement", _("Agreement not signed in time"))],
    )

    class Meta:
        model = Application
        fields: ClassVar[list[str]] = ["call", "state", "applicant_type"]

    def by_overdue(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(unsigned_in_time())


def _label(name: str) -> Any:
    field: Any = Application._meta.get_field(name)  # noqa: SLF001
    return field.verbose_name


def details(request: HttpRequest, application: Application) -> dict[str, Any]:
    """Everything that belongs to an application, in a fixed number of queries."""
    return {
        "documents": documents_of(application),
        "kinds_for_evaluators": kinds_for_evaluators(application),
        "can_decide_bonus": has_perm("incubator.screen_application", request.user, application),
        "team": list(application.team.all()),
        "corrections": list(application.corrections.select_related("requested_by")),
        "claims": list(application.bonus_claims.select_related("rule")),
        "reviews": list(
            application.reviews.select_related("evaluator", "stage").order_by("stage__order", "pk")
        ),
        "results": list(application.results.select_related("stage").order_by("stage__order")),
        "versions": list(application.versions.defer("content")),
        "plan_texts": [(_label(name), getattr(application, name)) for name in PLAN_FIELDS],
    }


class ApplicationViewSet(LifecycleViewSet):
    model = Application
    name = "incubator_applications"
    url_prefix = "incubator/applications"
    icon = "form"
    menu_label = _("Applications")
    menu_order = 100
    view_permission = "incubator.view_call_office"
    scope = applications_for_staff
    details = details
    actions = ACTIONS
    detail_template_name = "incubator/office/application.html"
    filterset_class = ApplicationFilterSet
    search_fields: ClassVar[list[str]] = ["receipt_number", "title", "applicant__name", "business__name"]
    list_display: ClassVar[list[Any]] = [
        "receipt_number",
        Column("title", label=_("Idea"), sort_key="title"),
        Column("applicant", label=_("Applicant"), sort_key="applicant__name"),
        Column("call", label=_("Call"), sort_key="call"),
        MomentColumn("submitted_at", label=_("Submitted at"), sort_key="submitted_at"),
        StateColumn("state", kinds=STATUS_KIND, label=_("State"), sort_key="state"),
    ]
    ordering = "-submitted_at"
    list_export: ClassVar[list[str]] = [
        "receipt_number",
        "call",
        "title",
        "sector",
        "applicant_type",
        "state",
        "submitted_at",
    ]
    export_filename = "applications"
