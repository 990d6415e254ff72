"""Calls as programme staff keep them, and everything that a call is set up from."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.ui.tables import Column

from core.accounts.models import User
from core.office import Action, LifecycleViewSet, RecordViewSet
from core.office.columns import MomentColumn, StateColumn
from incubator.models import (
    AgreementText,
    BonusRule,
    Call,
    Criterion,
    EligibilityQuestion,
    Programme,
    RequiredDocument,
    Rubric,
)
from incubator.queries.office import staff_queues
from incubator.services.calls import archive_call, call_flaws, publish_call


def calls_for_staff(user: User) -> models.QuerySet[Call]:
    """All calls with the number of applications handed in."""
    if not has_perm("incubator.view_call_office", user):
        return Call.objects.none()
    handed_in = models.Q(applications__submitted_at__isnull=False)
    return Call.objects.select_related("programme").annotate(
        handed_in=models.Count("applications", filter=handed_in)
    )


def _publish(*, by: Any, obj: Call, expected_version: int) -> None:
    publish_call(by=by, call=obj, expected_version=expected_version)


def _archive(*, by: Any, obj: Call, expected_version: int) -> None:
    archive_call(by=by, call=obj, expected_version=expected_version)


def details(request: HttpRequest, call: Call) -> dict[str, Any]:
    return {
        "stages": list(call.stages.select_related("rubric").order_by("order")),
        "required_documents": list(call.required_documents.all()),
        "questions": list(call.eligibility_questions.all()),
        "bonus_rules": list(call.bonus_rules.all()),
        "agreement": call.agreement_texts.order_by("-version").first(),
        "queues": staff_queues(call),
        "flaws": call_flaws(call) if call.state == Call.State.DRAFT else [],
        "can_change": has_perm("incubator.change_call_office", request.user),
    }


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
    form_fields: ClassVar[list[str]] = [
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


class _PartViewSet(RecordViewSet):
    """A part of a call's set-up: kept by programme staff, read by all who see the office of calls."""

    view_permission = "incubator.view_call_office"
    add_permission = change_permission = delete_permission = "incubator.change_call_office"
    inspect_view_enabled = False
    icon = "cog"


def _all(model: type[models.Model], *related: str) -> Any:
    def scope(user: User) -> models.QuerySet[Any]:
        rows = model._default_manager.select_related(*related)  # noqa: SLF001
        return rows if has_perm("incubator.view_call_office", user) else rows.none()

    return staticmethod(scope)


class ProgrammeViewSet(_PartViewSet):
    model = Programme
    name = "incubator_programmes"
    url_prefix = "incubator/programmes"
    scope = _all(Programme)
    delete_permission = ""
    list_display: ClassVar[list[Any]] = ["name", "summary"]
    form_fields: ClassVar[list[str]] = ["name", "slug", "summary"]


class RubricViewSet(_PartViewSet):
    model = Rubric
    name = "incubator_rubrics"
    url_prefix = "incubator/rubrics"
    scope = _all(Rubric)
    delete_permission = ""
    form_fields: ClassVar[list[str]] = ["name"]


class CriterionViewSet(_PartViewSet):
    model = Criterion
    name = "incubator_criteria"
    url_prefix = "incubator/criteria"
    scope = _all(Criterion, "rubric")
    list_display: ClassVar[list[Any]] = ["name", "rubric", "weight", "max_score", "tie_order"]
    list_filter: ClassVar[list[str]] = ["rubric"]
    form_fields: ClassVar[list[str]] = [
        "rubric",
        "order",
        "code",
        "name",
        "description",
        "weight",
        "max_score",
        "descriptors",
        "tie_order",
    ]


class RequiredDocumentViewSet(_PartViewSet):
    model = RequiredDocument
    name = "incubator_documents"
    url_prefix = "incubator/documents"
    scope = _all(RequiredDocument, "call")
    list_display: ClassVar[list[Any]] = ["name", "call", "required", "order"]
    list_filter: ClassVar[list[str]] = ["call"]
    form_fields: ClassVar[list[str]] = ["call", "name", "help_text", "required", "order"]


class EligibilityQuestionViewSet(_PartViewSet):
    model = EligibilityQuestion
    name = "incubator_questions"
    url_prefix = "incubator/questions"
    scope = _all(EligibilityQuestion, "call")
    list_display: ClassVar[list[Any]] = ["text", "call", "expected", "decisive", "order"]
    list_filter: ClassVar[list[str]] = ["call"]
    form_fields: ClassVar[list[str]] = ["call", "text", "expected", "explanation", "decisive", "order"]


class BonusRuleViewSet(_PartViewSet):
    model = BonusRule
    name = "incubator_bonus_rules"
    url_prefix = "incubator/bonus-rules"
    scope = _all(BonusRule, "call")
    list_display: ClassVar[list[Any]] = ["name", "call", "points"]
    list_filter: ClassVar[list[str]] = ["call"]
    form_fields: ClassVar[list[str]] = ["call", "name", "points"]


class AgreementTextViewSet(_PartViewSet):
    """A signed text is never edited: a change is a new version."""

    model = AgreementText
    name = "incubator_agreement_texts"
    url_prefix = "incubator/agreement-texts"
    scope = _all(AgreementText, "call")
    change_permission = delete_permission = ""
    list_display: ClassVar[list[Any]] = ["__str__", "call", "version"]
    form_fields: ClassVar[list[str]] = ["call", "version", "body"]
