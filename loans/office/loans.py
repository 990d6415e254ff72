"""Loans: the list with its figures, and one with schedule, ledger and what can be done."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from core import clock
from core.office import Action, LifecycleViewSet
from core.office.actions import ReasonForm
from core.office.columns import DayColumn, StateColumn, WonColumn
from loans.models import Loan
from loans.office.forms import (
    CostForm,
    DepositForm,
    DisburseForm,
    RefundForm,
    ReportForm,
    ReverseDepositForm,
    ReverseEntryForm,
    WaiverForm,
)
from loans.office.scopes import loans_for_office
from loans.queries.loans import (
    entries_to_take_back,
    instalments_of,
    ledger_lines,
    reported_payments,
    valid_certificate,
)
from loans.queries.status import LOAN_KINDS
from loans.services.bank_reports import record_reported_payment
from loans.services.collection import accelerate_loan, charge_fee, refund, waive, write_off_loan
from loans.services.contracts import cancel_loan
from loans.services.disbursement import approve_loan, disburse_loan
from loans.services.repayments import record_deposit, reverse_deposit
from loans.services.reversals import reverse_entry


def _takes_money(loan: Loan) -> bool:
    """Whether it is paid to the district."""
    return loan.state in Loan.PAID_OUT and not loan.is_bank_serviced


def _is_reported(loan: Loan) -> bool:
    """Whether it is paid to the bank, which reports it."""
    return loan.state in Loan.PAID_OUT and loan.is_bank_serviced


def _holds_money(loan: Loan) -> bool:
    return _takes_money(loan) and loan.unapplied > 0


def _is_running(loan: Loan) -> bool:
    """Whether it is being repaid to the district."""
    return loan.is_outstanding and not loan.is_bank_serviced


def _can_be_forgiven(loan: Loan) -> bool:
    return _is_running(loan) and any(loan.forgivable.values())


def _has_entries_to_take_back(loan: Loan) -> bool:
    return entries_to_take_back(loan).exists()


def _approve(*, by: Any, obj: Loan, expected_version: int) -> None:
    approve_loan(by=by, loan=obj, expected_version=expected_version)


def _disburse(*, by: Any, obj: Loan, expected_version: int, on: Any) -> None:
    disburse_loan(by=by, loan=obj, on=on, expected_version=expected_version)


def _deposit(*, by: Any, obj: Loan, expected_version: int, **fields: Any) -> None:
    record_deposit(by=by, loan=obj, expected_version=expected_version, **fields)


def _reverse(*, by: Any, obj: Loan, expected_version: int, **fields: Any) -> None:
    # what others did to the loan does no harm here: the deposit itself must not have changed
    reverse_deposit(by=by, **fields)


def _report(*, by: Any, obj: Loan, expected_version: int, **fields: Any) -> None:
    record_reported_payment(by=by, loan=obj, expected_version=expected_version, **fields)


def _reverse_entry(*, by: Any, obj: Loan, expected_version: int, **fields: Any) -> None:
    reverse_entry(by=by, **fields)  # as with a deposit: the entry itself must not have changed


def _charge(*, by: Any, obj: Loan, expected_version: int, **fields: Any) -> None:
    charge_fee(by=by, loan=obj, expected_version=expected_version, **fields)


def _waive(*, by: Any, obj: Loan, expected_version: int, **fields: Any) -> None:
    waive(by=by, loan=obj, expected_version=expected_version, **fields)


def _refund(*, by: Any, obj: Loan, expected_version: int, amount: int, note: str) -> None:
    refund(by=by, loan=obj, amount=amount, note=note, expected_version=expected_version)


def _cancel(*, by: Any, obj: Loan, expected_version: int, reason: str) -> None:
    cancel_loan(by=by, loan=obj, reason=reason, expected_version=expected_version)


def _accelerate(*, by: Any, obj: Loan, expected_version: int, reason: str) -> None:
    accelerate_loan(by=by, loan=obj, reason=reason, expected_version=expected_version)


def _write_off(*, by: Any, obj: Loan, expected_version: int, reason: str) -> None:
    write_off_loan(by=by, loan=obj, reason=reason, expected_version=expected_version)


ACTIONS = (
    Action(
        name="approve",
        label=_("Approve the loan"),
        run=_approve,
        transition="approve",
        explain=_("You did not prepare it; somebody other than you pays it out."),
        done=_("The loan is approved and can be paid out by somebody else."),
    ),
    Action(
        name="disburse",
        label=_("Record the disbursement"),
        run=_disburse,
        transition="disburse",
        form_class=DisburseForm,
        explain=_("Fixes this year's rate and writes the schedule."),
        done=_("The loan is paid out and its schedule stands."),
    ),
    Action(
        name="deposit",
        label=_("Enter a bank deposit"),
        run=_deposit,
        permission="loans.post_payment",
        when=_takes_money,
        form_class=DepositForm,
        done=_("The deposit is in the ledger and was allocated."),
    ),
    Action(
        name="reverse",
        label=_("Reverse a deposit"),
        run=_reverse,
        permission="loans.reverse_entry",
        when=_takes_money,
        form_class=ReverseDepositForm,
        kind="secondary",
        explain=_("For a deposit entered wrongly: it stays visible, the ledger gets a reversal."),
        done=_("The deposit is reversed."),
    ),
    Action(
        name="report",
        label=_("Enter a payment the bank reported"),
        run=_report,
        permission="loans.post_payment",
        when=_is_reported,
        form_class=ReportForm,
        explain=_("Our ledger is a copy: it repeats what the bank's report says."),
        done=_("The payment is in our copy of the ledger."),
    ),
    Action(
        name="refund",
        label=_("Give money back"),
        run=_refund,
        permission="loans.correct_loan",
        when=_holds_money,
        form_class=RefundForm,
        kind="secondary",
        explain=_("For money that is held and was transferred back to the borrower."),
        done=_("The refund is in the ledger."),
    ),
    Action(
        name="cost",
        label=_("Charge a cost"),
        run=_charge,
        permission="loans.correct_loan",
        when=_is_running,
        form_class=CostForm,
        kind="secondary",
        explain=_("It is due at once, and the borrower is told."),
        done=_("The cost is in the ledger."),
    ),
    Action(
        name="waive",
        label=_("Forgive what is due"),
        run=_waive,
        permission="loans.correct_loan",
        when=_can_be_forgiven,
        form_class=WaiverForm,
        kind="secondary",
        explain=_("Costs, interest or late interest, the oldest first; principal can only be written off."),
        done=_("The waiver is in the ledger."),
    ),
    Action(
        name="reverse-entry",
        label=_("Take back an entry"),
        run=_reverse_entry,
        permission="loans.reverse_entry",
        when=_has_entries_to_take_back,
        form_class=ReverseEntryForm,
        kind="secondary",
        explain=_("For what was entered wrongly: it stays visible, the ledger gets a reversal."),
        done=_("The entry is taken back."),
    ),
    Action(
        name="cancel",
        label=_("Call the loan off"),
        run=_cancel,
        transition="cancel",
        form_class=ReasonForm,
        kind="danger",
        done=_("The loan is called off."),
    ),
    Action(
        name="accelerate",
        label=_("Accelerate the loan"),
        run=_accelerate,
        transition="accelerate",
        form_class=ReasonForm,
        kind="danger",
        explain=_("Everything falls due. The borrower must have been given notice beforehand."),
        done=_("The whole loan is due."),
    ),
    Action(
        name="write-off",
        label=_("Write the loan off"),
        run=_write_off,
        transition="write_off",
        form_class=ReasonForm,
        kind="danger",
        done=_("The loan is written off."),
    ),
)


def details(request: HttpRequest, loan: Loan) -> dict[str, Any]:
    ledger = ledger_lines(loan, loan.as_of or clock.today()) if loan.disbursed_on else []
    return {
        "instalments": list(instalments_of(loan)),
        "ledger": ledger,
        "has_costs": any(line.fees for line in ledger),
        "certificate": valid_certificate(loan),
        "last_report": reported_payments(loan).values_list("value_date", flat=True).first(),
        "rate_percent": (loan.annual_rate * 100).normalize().quantize(Decimal("0.01")),
    }


class LoanFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        label=_("Standing"),
        method="by_standing",
        choices=[
            ("overdue", _("Overdue")),
            ("overdue_90", _("more than 90 days overdue")),
            ("due_today", _("Due today")),
        ],
    )

    class Meta:
        model = Loan
        fields: ClassVar[list[str]] = ["state", "product", "classification", "servicing"]

    def by_standing(self, rows: QuerySet[Loan], name: str, value: str) -> QuerySet[Loan]:
        running = rows.filter(state__in=Loan.OUTSTANDING)
        if value == "due_today":
            return running.filter(next_due_on=clock.today(), next_due_amount__gt=F("unapplied"))
        return running.filter(days_overdue__gt=90 if value == "overdue_90" else 0)


class LoanViewSet(LifecycleViewSet):
    model = Loan
    name = "loan"
    url_prefix = "loans/loans"
    icon = "doc-full-inverse"
    menu_label = _("Loans")
    menu_order = 200
    view_permission = "loans.see_portfolio"
    scope = loans_for_office
    details = details
    actions = ACTIONS
    detail_template_name = "loans/office/loan.html"
    filterset_class = LoanFilterSet
    search_fields: ClassVar[list[str]] = [
        "number",
        "business__name",
        "business__registration_number",
        "borrower__name",
    ]
    list_display: ClassVar[list[Any]] = [
        "number",
        Column("business", label=_("Business"), sort_key="business__name"),
        Column("product", label=_("Product"), sort_key="product"),
        Column("servicing", accessor="get_servicing_display", label=_("Serviced"), sort_key="servicing"),
        WonColumn("balance", label=_("Principal outstanding"), sort_key="balance"),
        DayColumn("next_due_on", label=_("Next due on"), sort_key="next_due_on"),
        WonColumn("next_due_amount", label=_("Next amount due"), sort_key="next_due_amount"),
        WonColumn("arrears", label=_("Arrears"), sort_key="arrears"),
        Column("days_overdue", label=_("Days overdue"), sort_key="days_overdue", classname="gp-number"),
        StateColumn("state", kinds=LOAN_KINDS, label=_("State"), sort_key="state"),
    ]
    ordering = "-number"
    list_export: ClassVar[list[str]] = [
        "number",
        "business",
        "product",
        "principal",
        "annual_rate",
        "disbursed_on",
        "matures_on",
        "balance",
        "arrears",
        "days_overdue",
        "classification",
        "next_due_on",
        "next_due_amount",
        "state",
    ]
    export_filename = "loans"
