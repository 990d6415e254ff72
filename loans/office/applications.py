"""Loan applications as finance staff see them: eligibility, the committee's outcome, the contract."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from core import clock
from core.office import Action, LifecycleViewSet
from core.office.actions import ReadReasonForm
from core.office.columns import MomentColumn, StateColumn, WonColumn
from loans.models import LoanApplication
from loans.office.forms import ChecksForm, PrepareForm, ReturnForm
from loans.office.scopes import applications_for_office
from loans.queries.applications import overdue
from loans.queries.eligibility import checklist
from loans.queries.readiness import documents_wanted
from loans.queries.status import APPLICATION_KINDS
from loans.services.contracts import prepare_loan
from loans.services.decisions import cancel_selection
from loans.services.screening import confirm_eligible, record_checks, refuse_application, return_application


def _is_submitted(application: LoanApplication) -> bool:
    return application.state == LoanApplication.State.SUBMITTED


def _is_registered(application: LoanApplication) -> bool:
    return not application.waits_for_registration


def _is_out_of_time(application: LoanApplication) -> bool:
    return not application.may_be_corrected(clock.now())


def _check(*, by: Any, obj: LoanApplication, expected_version: int, findings: Any) -> None:
    record_checks(by=by, application=obj, findings=findings, expected_version=expected_version)


def _confirm(*, by: Any, obj: LoanApplication, expected_version: int) -> None:
    confirm_eligible(by=by, application=obj, expected_version=expected_version)


def _return(*, by: Any, obj: LoanApplication, expected_version: int, **fields: Any) -> None:
    return_application(by=by, application=obj, expected_version=expected_version, **fields)


def _refuse(*, by: Any, obj: LoanApplication, expected_version: int, reason: str) -> None:
    refuse_application(by=by, application=obj, reason=reason, expected_version=expected_version)


def _prepare(*, by: Any, obj: LoanApplication, expected_version: int, **fields: Any) -> None:
    prepare_loan(by=by, application=obj, expected_version=expected_version, **fields)


def _cancel(*, by: Any, obj: LoanApplication, expected_version: int, reason: str) -> None:
    cancel_selection(by=by, application=obj, reason=reason, expected_version=expected_version)


ACTIONS = (
    Action(
        name="check",
        label=_("Record what was checked"),
        run=_check,
        permission="loans.screen_application",
        when=_is_submitted,
        form_class=ChecksForm,
        done=_("The findings are kept."),
    ),
    Action(
        name="confirm",
        label=_("Confirm eligibility"),
        run=_confirm,
        transition="confirm_eligible",
        explain=_("All conditions must be met. The application then goes to the committee."),
        done=_("The application goes to the committee."),
    ),
    Action(
        name="return",
        label=_("Ask for corrections"),
        run=_return,
        transition="return_for_correction",
        form_class=ReturnForm,
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
        name="prepare",
        label=_("Prepare the loan"),
        run=_prepare,
        transition="contract",
        when=_is_registered,
        form_class=PrepareForm,
        explain=_("Somebody else approves it before it is paid out."),
        done=_("The loan is prepared and waits for approval."),
    ),
    Action(
        name="cancel",
        label=_("Cancel the selection"),
        run=_cancel,
        transition="cancel_selection",
        form_class=ReadReasonForm,
        kind="danger",
        explain=_("Not drawn in time, disqualified by the bank, or given up. The next reserve moves up."),
        done=_("The selection is cancelled."),
    ),
)


def details(request: HttpRequest, application: LoanApplication) -> dict[str, Any]:
    return {
        "checks": checklist(application),
        "documents": documents_wanted(application),
    }


class LoanApplicationFilterSet(WagtailFilterSet):
    overdue = django_filters.ChoiceFilter(
        label=_("Not in time"),
        method="by_overdue",
        choices=[("correction", _("Not corrected in time")), ("draw", _("Selected, not drawn in time"))],
    )

    class Meta:
        model = LoanApplication
        fields: ClassVar[list[str]] = ["round", "state", "security"]

    def by_overdue(self, rows: QuerySet[LoanApplication], name: str, value: str) -> QuerySet[LoanApplication]:
        return rows.filter(overdue(value))


class LoanApplicationViewSet(LifecycleViewSet):
    model = LoanApplication
    name = "loanapplication"
    url_prefix = "loans/applications"
    icon = "form"
    menu_label = _("Loan applications")
    menu_order = 100
    view_permission = "loans.list_applications"
    scope = applications_for_office
    details = details
    actions = ACTIONS
    detail_template_name = "loans/office/application.html"
    filterset_class = LoanApplicationFilterSet
    search_fields: ClassVar[list[str]] = [
        "receipt_number",
        "business__name",
        "business__registration_number",
        "applicant__name",
    ]
    list_display: ClassVar[list[Any]] = [
        "receipt_number",
        Column("business", label=_("Business"), sort_key="business__name"),
        Column("round", label=_("Loan round"), sort_key="round"),
        WonColumn("amount", label=_("Amount asked for"), sort_key="amount"),
        WonColumn("decided_amount", label=_("Amount decided"), sort_key="decided_amount"),
        MomentColumn("submitted_at", label=_("Submitted at"), sort_key="submitted_at"),
        StateColumn("state", kinds=APPLICATION_KINDS, label=_("State"), sort_key="state"),
    ]
    ordering = "-submitted_at"
    list_export: ClassVar[list[str]] = [
        "receipt_number",
        "business",
        "round",
        "amount",
        "decided_amount",
        "purpose",
        "state",
        "submitted_at",
        "selected_on",
        "draw_by",
    ]
    export_filename = "loan-applications"
