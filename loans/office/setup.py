"""Funds, their fiscal years, products and rounds: the data that staff set."""

from typing import Any, ClassVar

from django.db import models
from django.forms import modelform_factory
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateTimeInput

from core.accounts.models import User
from core.fields import MoneyField
from core.office import Action, LifecycleViewSet, RecordViewSet
from core.office.columns import MomentColumn, PercentColumn, StateColumn, WonColumn, YesNoColumn
from core.office.editing import ReasonedForm, VersionedForm
from core.workflow.edits import in_words
from loans.models import EligibilityItem, Fund, FundYear, LoanRound, Product, ProductDocument
from loans.office.editing import (
    AddPartView,
    AddRoundView,
    AddSetupView,
    EditPartView,
    EditRoundView,
    EditSetupView,
    RemovePartView,
    YearForm,
)
from loans.queries.setup import why_locked
from loans.services.rounds import close_round, publish_round

WHOLE = 10_000


def _all(model: type[models.Model], *related: str) -> Any:
    """All rows, for those who see applications."""

    def scope(user: User) -> models.QuerySet[Any]:
        rows = model._default_manager.select_related(*related)  # noqa: SLF001
        return rows if has_perm("loans.view_fund", user) else rows.none()

    return staticmethod(scope)


def _details(request: HttpRequest, row: Any) -> dict[str, Any]:
    """The facts of a row in words, what a product asks for, and whether anything can be changed."""
    viewset = ROWS[type(row)]
    fields = [row._meta.get_field(name) for name in viewset.form_fields]  # noqa: SLF001
    facts = [
        (field.verbose_name, in_words(field, getattr(row, field.name), longest=WHOLE)) for field in fields
    ]
    parts: list[Any] = []
    if isinstance(row, Product):
        parts = [
            (_("Documents"), "loans_product_documents", row.documents.all()),
            (_("Conditions"), "loans_eligibility_items", row.eligibility_items.all()),
        ]
    return {
        "facts": facts,
        "parts": parts,
        "locked": why_locked(row),
        "can_change": has_perm("loans.change_fund", request.user),
        "edit_url": reverse(f"{viewset.name}:edit", args=[row.pk]),
    }


class _SetupViewSet(RecordViewSet):
    """Set up by its service, with a page that shows what changed."""

    view_permission = "loans.view_fund"
    add_permission = change_permission = "loans.change_fund"
    icon = "cog"
    details = _details
    detail_template_name = "loans/office/setup.html"
    add_view_class = AddSetupView
    edit_view_class = EditSetupView
    change_form: type[ReasonedForm] = ReasonedForm
    field_classes: ClassVar[dict[str, Any]] = {}

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(
            self.model,
            form=self.change_form if for_update else WagtailAdminModelForm,
            fields=self.form_fields,
            field_classes=self.field_classes,
        )


class FundViewSet(_SetupViewSet):
    model = Fund
    name = "loans_funds"
    url_prefix = "loans/funds"
    scope = _all(Fund, "committee")
    list_display: ClassVar[list[Any]] = [
        "name",
        "code",
        "prefix",
        Column("committee", label=_("Committee")),
        "selection_percent",
        "draw_within_months",
    ]
    form_fields: ClassVar[list[str]] = [
        "code",
        "name",
        "short_name",
        "prefix",
        "ordinance",
        "committee",
        "selection_percent",
        "draw_within_months",
    ]


class FundYearViewSet(_SetupViewSet):
    """The rate and the plan of a fiscal year; a loan paid out keeps the rate it got."""

    model = FundYear
    name = "loans_fund_years"
    url_prefix = "loans/fund-years"
    scope = _all(FundYear, "fund")
    list_display: ClassVar[list[Any]] = [
        "year",
        Column("fund", label=_("Fund")),
        WonColumn("plan_amount", label=_("Planned amount")),
        PercentColumn("annual_rate", label=_("Annual rate")),
        YesNoColumn("source", label=_("Announced")),
    ]
    list_filter: ClassVar[list[str]] = ["fund", "year"]
    form_fields: ClassVar[list[str]] = ["fund", "year", "plan_amount", "annual_rate", "source"]
    field_classes: ClassVar[dict[str, Any]] = {"plan_amount": MoneyField}
    change_form = YearForm


class ProductViewSet(_SetupViewSet):
    model = Product
    name = "loans_products"
    url_prefix = "loans/products"
    scope = _all(Product, "fund")
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("fund", label=_("Fund")),
        Column("servicing", accessor="get_servicing_display", label=_("Serviced")),
        WonColumn("limit", label=_("Largest amount")),
        Column("instalments", label=_("Instalments in all"), classname="gp-number"),
        YesNoColumn("is_public", label=_("Shown to the public")),
    ]
    form_fields: ClassVar[list[str]] = [
        *("fund", "code", "name", "summary", "who", "excluded", "servicing", "is_public"),
        *("minimum", "limit", "micro_limit", "amount_step", "purposes"),
        *("method", "instalments", "grace_instalments", "frequency"),
        *("day_count", "working_day", "interest_follows", "interest_unit"),
        *("late_spread", "late_cap", "late_base", "late_grace_days"),
        *("allocation_order", "allocation_run", "prepaying"),
    ]
    field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("minimum", "limit", "micro_limit", "amount_step"), MoneyField
    )


class _PartViewSet(_SetupViewSet):
    """What a product asks for; its history is that of the product."""

    inspect_view_enabled = False
    add_view_class = AddPartView
    edit_view_class = EditPartView
    delete_view_class = RemovePartView


ROWS: dict[type, Any] = {Fund: FundViewSet, FundYear: FundYearViewSet, Product: ProductViewSet}


class ProductDocumentViewSet(_PartViewSet):
    model = ProductDocument
    name = "loans_product_documents"
    url_prefix = "loans/product-documents"
    delete_permission = "loans.change_fund"
    scope = _all(ProductDocument, "product")
    list_display: ClassVar[list[Any]] = [
        "name",
        "product",
        YesNoColumn("required", label=_("Required")),
        Column("asked_of", accessor="get_asked_of_display", label=_("Asked of")),
        "order",
    ]
    list_filter: ClassVar[list[str]] = ["product"]
    form_fields: ClassVar[list[str]] = [
        "product",
        "code",
        "name",
        "help_text",
        "required",
        "asked_of",
        "order",
    ]


class EligibilityItemViewSet(_PartViewSet):
    model = EligibilityItem
    name = "loans_eligibility_items"
    url_prefix = "loans/eligibility-items"
    scope = _all(EligibilityItem, "product")
    list_display: ClassVar[list[Any]] = ["label", "product", "source", "order"]
    list_filter: ClassVar[list[str]] = ["product"]
    form_fields: ClassVar[list[str]] = ["product", "order", "label", "source", "hint", "parameter"]


def _publish(*, by: Any, obj: LoanRound, expected_version: int) -> None:
    publish_round(by=by, loan_round=obj, expected_version=expected_version)


def _close(*, by: Any, obj: LoanRound, expected_version: int) -> None:
    close_round(by=by, loan_round=obj, expected_version=expected_version)


class LoanRoundViewSet(LifecycleViewSet):
    model = LoanRound
    name = "loans_rounds"
    url_prefix = "loans/rounds"
    icon = "calendar-alt"
    menu_order = 50
    view_permission = "loans.view_fund"
    add_permission = change_permission = "loans.manage_round"
    scope = _all(LoanRound, "product", "fund_year__fund")
    detail_template_name = "loans/office/round.html"
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("product", label=_("Product")),
        MomentColumn("opens_at", label=_("Opens at"), sort_key="opens_at"),
        MomentColumn("closes_at", label=_("Closes at"), sort_key="closes_at"),
        WonColumn("plan_amount", label=_("Planned amount")),
        StateColumn("state", label=_("State"), sort_key="state"),
    ]
    form_fields: ClassVar[list[str]] = [
        "fund_year",
        "product",
        "title",
        "opens_at",
        "closes_at",
        "plan_amount",
        "notice",
    ]
    add_view_class = AddRoundView
    edit_view_class = EditRoundView
    actions = (
        Action(
            name="publish",
            label=_("Publish the round"),
            run=_publish,
            transition="publish",
            done=_("The round is published."),
        ),
        Action(
            name="close",
            label=_("Close the round"),
            run=_close,
            transition="close",
            kind="secondary",
            done=_("The round is closed."),
        ),
    )

    def get_form_class(self, for_update: bool = False) -> Any:
        if not for_update:
            return super().get_form_class(for_update)
        to_the_second = AdminDateTimeInput(format="%Y-%m-%d %H:%M:%S")
        return modelform_factory(
            LoanRound,
            form=VersionedForm,
            fields=self.form_fields,
            widgets={"opens_at": to_the_second, "closes_at": to_the_second},
        )
