"""What a call is set up from: kept by programme staff, read by all who see the office of calls."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms import modelform_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.ui.tables import Column

from core.accounts.models import User
from core.fields import JSONField
from core.office import Action, ActionForm, RecordViewSet
from core.office.columns import YesNoColumn
from incubator.models import (
    AgreementText,
    BonusRule,
    Criterion,
    EligibilityQuestion,
    Programme,
    RequiredDocument,
    Rubric,
)
from incubator.office.editing import AddTextView, AddView, EditView, RemoveView, SetupForm, VersionedForm
from incubator.queries.setup import criteria_with_use, rubrics_with_use, why_locked
from incubator.services.setup import copy_rubric

CALL = Column("call", label=_("Call"))
LOCK = Column(
    "locked", label=_("Can be changed"), accessor=lambda row: why_locked(row) or _("It can be changed.")
)


def _all(rows: Callable[[], models.QuerySet[Any]]) -> Any:
    def scope(user: User) -> models.QuerySet[Any]:
        found = rows()
        return found if has_perm("incubator.view_call_office", user) else found.none()

    return staticmethod(scope)


def _of_calls(model: type[models.Model]) -> Any:
    return _all(lambda: model._default_manager.select_related("call"))  # noqa: SLF001


class _SetupViewSet(RecordViewSet):
    view_permission = "incubator.view_call_office"
    add_permission = change_permission = "incubator.change_call_office"
    inspect_view_enabled = False
    icon = "cog"


class _PartViewSet(_SetupViewSet):
    """A part of a call: open until the call is published."""

    delete_permission = "incubator.change_call_office"
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = RemoveView
    list_filter: ClassVar[list[str]] = ["call"]
    field_classes: ClassVar[dict[str, Any]] = {}

    def get_form_class(self, for_update: bool = False) -> Any:
        form = VersionedForm if for_update else SetupForm
        return modelform_factory(
            self.model, form=form, fields=self.form_fields, field_classes=self.field_classes
        )


class ProgrammeViewSet(_SetupViewSet):
    model = Programme
    name = "incubator_programmes"
    url_prefix = "incubator/programmes"
    scope = _all(Programme.objects.all)
    list_display: ClassVar[list[Any]] = ["name", "summary"]
    form_fields: ClassVar[list[str]] = ["name", "slug", "summary"]


class CopyForm(ActionForm):
    name = forms.CharField(label=_("Name of the copy"), max_length=80)


def _copy(*, by: Any, obj: Rubric, expected_version: int, name: str) -> None:
    copy_rubric(by=by, rubric=obj, name=name)


def _rubric_details(request: HttpRequest, rubric: Rubric) -> dict[str, Any]:
    criteria = list(rubric.criteria.all())
    return {
        "criteria": criteria,
        "total": sum(criterion.weight for criterion in criteria),
        "stages": list(rubric.stages.select_related("call").order_by("call", "order")),
        "locked": why_locked(rubric),
        "can_change": has_perm("incubator.change_call_office", request.user),
    }


class RubricViewSet(_SetupViewSet):
    """A rubric in use keeps its criteria; its name is only a name and can be put right."""

    model = Rubric
    name = "incubator_rubrics"
    url_prefix = "incubator/rubrics"
    scope = _all(rubrics_with_use)
    inspect_view_enabled = True
    details = _rubric_details
    detail_template_name = "incubator/office/rubric.html"
    list_display: ClassVar[list[Any]] = ["name", LOCK]
    form_fields: ClassVar[list[str]] = ["name"]
    actions = (
        Action(
            name="copy",
            label=_("Copy this rubric"),
            run=_copy,
            permission="incubator.change_call_office",
            form_class=CopyForm,
            kind="secondary",
            explain=_("The copy has the same criteria and can be changed."),
            done=_("The rubric was copied. The copy stands in the list of rubrics."),
        ),
    )


class CriterionViewSet(_PartViewSet):
    model = Criterion
    name = "incubator_criteria"
    url_prefix = "incubator/criteria"
    scope = _all(criteria_with_use)
    list_display: ClassVar[list[Any]] = ["name", "rubric", "weight", "max_score", "tie_order", LOCK]
    list_filter: ClassVar[list[str]] = ["rubric"]
    field_classes: ClassVar[dict[str, Any]] = {"descriptors": JSONField}
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
    scope = _of_calls(RequiredDocument)
    list_display: ClassVar[list[Any]] = [
        "name",
        CALL,
        YesNoColumn("required", label=_("Required")),
        YesNoColumn("read_by_evaluators", label=_("Evaluators read it")),
        "order",
        LOCK,
    ]
    form_fields: ClassVar[list[str]] = [
        "call",
        "name",
        "help_text",
        "required",
        "read_by_evaluators",
        "order",
    ]


class EligibilityQuestionViewSet(_PartViewSet):
    model = EligibilityQuestion
    name = "incubator_questions"
    url_prefix = "incubator/questions"
    scope = _of_calls(EligibilityQuestion)
    list_display: ClassVar[list[Any]] = [
        "text",
        CALL,
        "expected",
        YesNoColumn("decisive", label=_("Decisive")),
        "order",
        LOCK,
    ]
    form_fields: ClassVar[list[str]] = ["call", "text", "expected", "explanation", "decisive", "order"]


class BonusRuleViewSet(_PartViewSet):
    model = BonusRule
    name = "incubator_bonus_rules"
    url_prefix = "incubator/bonus-rules"
    scope = _of_calls(BonusRule)
    list_display: ClassVar[list[Any]] = ["name", CALL, "points", LOCK]
    form_fields: ClassVar[list[str]] = ["call", "name", "points"]


class AgreementTextViewSet(_PartViewSet):
    """A text is never edited, whether it is signed or not: a change is a new version, numbered by itself."""

    model = AgreementText
    name = "incubator_agreement_texts"
    url_prefix = "incubator/agreement-texts"
    scope = _of_calls(AgreementText)
    change_permission = delete_permission = ""
    add_view_class = AddTextView
    list_display: ClassVar[list[Any]] = ["__str__", CALL, "version"]
    form_fields: ClassVar[list[str]] = ["call", "body"]
