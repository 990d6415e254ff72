"""Calls as programme staff keep them."""

from typing import Any, ClassVar

from django.db import models
from django.forms import modelform_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateTimeInput

from core.accounts.models import User
from core.accounts.requests import signed_in
from core.office import Action, LifecycleViewSet
from core.office.columns import MomentColumn, StateColumn
from incubator.models import Call
from incubator.office.editing import EditView, SetupForm, VersionedForm
from incubator.queries.office import staff_queues
from incubator.queries.setup import open_fields, why_locked
from incubator.services.calls import archive_call, call_flaws, publish_call
from incubator.services.setup import change_call


def calls_for_staff(user: User) -> models.QuerySet[Call]:
    """All calls with the number of applications handed in."""
    if not has_perm("incubator.view_call_office", user):
        return Call.objects.none()
    handed_in = models.Q(applications__submitted_at__isnull=False)
    return Call.objects.select_related("programme").annotate(
        handed_in=models.Count("applications", filter=handed_in)
    )


CALL_FIELDS = [
    "programme",
    "cohort_number",
    "title",
    "slug",
    "code",
    "opens_at",
    "closes_at",
    "places",
    "min_age",
    "eligibility",
    "results_on",
    "agreement_due_on",
    "objection_days",
    "bonus_cap",
]


def _publish(*, by: Any, obj: Call, expected_version: int) -> None:
    publish_call(by=by, call=obj, expected_version=expected_version)


def _archive(*, by: Any, obj: Call, expected_version: int) -> None:
    archive_call(by=by, call=obj, expected_version=expected_version)


OURS = frozenset({"to_check", "to_assign", "to_decide", "unsigned"})
"""The queues that wait for staff; the others wait for applicants."""


def details(request: HttpRequest, call: Call) -> dict[str, Any]:
    queues = staff_queues(call)
    return {
        "stages": list(call.stages.select_related("rubric").order_by("order")),
        "required_documents": list(call.required_documents.all()),
        "questions": list(call.eligibility_questions.all()),
        "bonus_rules": list(call.bonus_rules.all()),
        "agreement": call.agreement_texts.order_by("-version").first(),
        "queues": queues,
        "waiting": [queue for queue in queues if queue.count and queue.key in OURS],
        "flaws": call_flaws(call) if call.state == Call.State.DRAFT else [],
        "locked": why_locked(call),
        "can_change": has_perm("incubator.change_call_office", request.user)
        and bool(open_fields(call, CALL_FIELDS)),
    }


class CallEditView(EditView):
    """Everything of a call in preparation; of a published one what ``open_fields`` still allows."""

    def version_of(self, found: Any) -> int | None:
        version: int = found.version
        return version

    def change(self, values: dict[str, Any], version: int) -> Call:
        return change_call(
            by=signed_in(self.request), call=self.object, values=values, expected_version=version
        )


class CallViewSet(LifecycleViewSet):
    model = Call
    name = "incubator_calls"
    url_prefix = "incubator/calls"
    icon = "calendar-alt"
    menu_label = _("Calls")
    menu_order = 50
    view_permission = "incubator.view_call_office"
    add_permission = change_permission = "incubator.change_call_office"
    scope = calls_for_staff
    details = details
    detail_template_name = "incubator/office/call.html"
    search_fields: ClassVar[list[str]] = ["title", "code"]
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("code", label=_("Code")),
        MomentColumn("opens_at", label=_("Opens at"), sort_key="opens_at"),
        MomentColumn("closes_at", label=_("Closes at"), sort_key="closes_at"),
        Column("places", label=_("Places"), classname="gp-number"),
        Column("handed_in", label=_("Applications"), classname="gp-number"),
        StateColumn("state", label=_("State"), sort_key="state"),
    ]
    form_fields: ClassVar[list[str]] = CALL_FIELDS
    edit_view_class = CallEditView
    actions = (
        Action(
            name="publish",
            label=_("Publish the call"),
            run=_publish,
            transition="publish",
            explain=_("The public sees it; applications open at the hour set."),
            done=_("The call is published."),
        ),
        Action(
            name="archive",
            label=_("Archive the call"),
            run=_archive,
            transition="archive",
            kind="secondary",
            done=_("The call is archived."),
        ),
    )

    def get_form_class(self, for_update: bool = False) -> Any:
        to_the_second = AdminDateTimeInput(format="%Y-%m-%d %H:%M:%S")
        return modelform_factory(
            Call,
            form=VersionedForm if for_update else SetupForm,
            fields=CALL_FIELDS,
            widgets={"opens_at": to_the_second, "closes_at": to_the_second},
        )
