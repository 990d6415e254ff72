from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from core.payments.models import BankDeposit, Charge, StripeEvent


class EventFilters(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="of_status",
        choices=[("error", _("Error")), ("waiting", _("Waiting")), ("processed", _("Processed"))],
    )

    class Meta:
        model = StripeEvent
        fields: list[str] = []

    def of_status(self, rows: QuerySet[StripeEvent], name: str, value: Any) -> QuerySet[StripeEvent]:
        match value:
            case "processed":
                return rows.filter(processed_at__isnull=False)
            case "error":
                return rows.filter(processed_at__isnull=True).exclude(error="")
            case _:
                return rows.filter(processed_at__isnull=True, error="")


class ChargeFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Charge.State.choices)

    class Meta:
        model = Charge
        fields: list[str] = []


class DepositFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=BankDeposit.State.choices)

    class Meta:
        model = BankDeposit
        fields: list[str] = []
