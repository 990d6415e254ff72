"""Lists of what came in by card and by bank, and the messages behind it."""

import json
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from core.office import Action, LifecycleViewSet, RecordViewSet
from core.office.actions import ReasonForm
from core.office.columns import StateColumn, WonColumn
from core.payments.models import BankDeposit, Charge, StripeEvent
from core.payments.office.columns import StatusColumn, SubjectColumn
from core.payments.office.filters import ChargeFilters, DepositFilters, EventFilters
from core.payments.queries import (
    amount_to_accept,
    bank_deposits_for_office,
    charges_for_office,
    events_for_office,
    is_problem,
)
from core.payments.registry import pages_of
from core.payments.services import accept_payment, retry_event, reverse_bank_deposit, set_event_aside


def _retry(*, by: Any, obj: StripeEvent, expected_version: int) -> None:
    retry_event(by=by, event=obj, expected_version=expected_version)


def _accept(*, by: Any, obj: StripeEvent, expected_version: int, reason: str) -> None:
    accept_payment(by=by, event=obj, reason=reason, expected_version=expected_version)


def _set_aside(*, by: Any, obj: StripeEvent, expected_version: int, reason: str) -> None:
    set_event_aside(by=by, event=obj, reason=reason, expected_version=expected_version)


def _reverse(*, by: Any, obj: BankDeposit, expected_version: int, reason: str) -> None:
    reverse_bank_deposit(by=by, deposit=obj, reason=reason, expected_version=expected_version)


def _is_unprocessed(event: StripeEvent) -> bool:
    return event.processed_at is None


def _came_in_otherwise(event: StripeEvent) -> bool:
    return amount_to_accept(event) is not None


def _event_details(request: HttpRequest, event: StripeEvent) -> dict[str, Any]:
    return {"content": json.dumps(event.payload, ensure_ascii=False, indent=2, sort_keys=True)}


def _subject_details(request: HttpRequest, row: Any) -> dict[str, Any]:
    subject = row.subject
    pages = pages_of(subject)
    return {
        "subject_title": pages.title(subject) if subject else "",
        "subject_url": pages.office_url(subject) if subject else "",
    }


def _charge_details(request: HttpRequest, charge: Charge) -> dict[str, Any]:
    return _subject_details(request, charge) | {"checkouts": list(charge.checkouts.all())}


class EventViewSet(RecordViewSet):
    model = StripeEvent
    name = "payment_events"
    url_prefix = "payments/events"
    icon = "mail"
    menu_label = _("Payment events")
    menu_order = 300
    view_permission = "payments.view_payments"
    scope = events_for_office
    details = _event_details
    detail_template_name = "payments/office/event.html"
    filterset_class = EventFilters
    search_fields: ClassVar[list[str]] = ["event_id", "kind"]
    list_display: ClassVar[list[Any]] = [
        "kind",
        StatusColumn("status", label=_("Status")),
        Column("error", label=_("Error")),
        DateColumn("received_at", label=_("Received at"), sort_key="received_at"),
        Column("attempts", label=_("Attempts"), classname="gp-number"),
    ]
    actions = (
        Action(
            name="retry",
            label=_("Process again"),
            run=_retry,
            permission="payments.retry_event",
            when=_is_unprocessed,
            explain=_("Does what the message asks for, if it can be done now. Never twice."),
            done=_("The event was tried again; see its status."),
        ),
        Action(
            name="accept",
            label=_("Enter the amount that came in"),
            run=_accept,
            permission="payments.accept_payment",
            when=_came_in_otherwise,
            form_class=ReasonForm,
            kind="secondary",
            explain=_(
                "Another amount came in than was asked for. It goes into the ledger as it came; your reason "
                "stands in the history of the payment."
            ),
            done=_("The payment is entered with the amount that came in."),
        ),
        Action(
            name="set-aside",
            label=_("Dealt with outside"),
            run=_set_aside,
            permission="payments.accept_payment",
            when=is_problem,
            form_class=ReasonForm,
            kind="secondary",
            explain=_(
                "For what can never be entered, such as a second payment that was paid back. It moves no "
                "money and enters nothing; the message is not tried again, and your reason stands on it."
            ),
            done=_("The message is noted as dealt with outside."),
        ),
    )


class ChargeViewSet(LifecycleViewSet):
    model = Charge
    name = "payment_charges"
    url_prefix = "payments/charges"
    icon = "link-external"
    menu_label = _("Online payments")
    menu_order = 100
    view_permission = "payments.view_payments"
    scope = charges_for_office
    details = _charge_details
    detail_template_name = "payments/office/charge.html"
    filterset_class = ChargeFilters
    search_fields: ClassVar[list[str]] = ["description", "payer__name"]
    list_display: ClassVar[list[Any]] = [
        "description",
        SubjectColumn("subject", label=_("Payment for")),
        Column("payer", label=_("Payer")),
        WonColumn("amount", label=_("Amount"), sort_key="amount"),
        StateColumn("state", label=_("State"), sort_key="state"),
        DateColumn("opened_at", label=_("Opened at"), sort_key="opened_at"),
    ]


class DepositViewSet(LifecycleViewSet):
    model = BankDeposit
    name = "bank_deposits"
    url_prefix = "payments/deposits"
    icon = "download"
    menu_label = _("Bank deposits")
    menu_order = 200
    view_permission = "payments.view_payments"
    scope = bank_deposits_for_office
    details = _subject_details
    detail_template_name = "payments/office/deposit.html"
    filterset_class = DepositFilters
    search_fields: ClassVar[list[str]] = ["payer_name", "note"]
    list_display: ClassVar[list[Any]] = [
        "payer_name",
        SubjectColumn("subject", label=_("Payment for")),
        WonColumn("amount", label=_("Amount"), sort_key="amount"),
        Column("deposited_on", label=_("Deposited on"), sort_key="deposited_on"),
        StateColumn("state", label=_("State"), sort_key="state"),
        Column("recorded_by", label=_("Recorded by")),
    ]
    actions = (
        Action(
            name="reverse",
            label=_("Reverse this deposit"),
            run=_reverse,
            transition="reverse",
            permission="payments.reverse_bank_deposit",
            form_class=ReasonForm,
            kind="danger",
            explain=_(
                "For a deposit that was entered wrongly. It stays visible, and the ledger is put right."
            ),
            done=_("The deposit is reversed."),
        ),
    )


class PaymentsGroup(ViewSetGroup):
    menu_label = _("Money received")
    menu_icon = "table"
    menu_order = 220
    items = (ChargeViewSet, DepositViewSet, EventViewSet)
