from typing import Any

from django.db.models import QuerySet
from rules.permissions import has_perm

from core.payments.models import BankDeposit, Charge, StripeEvent


def charges_for_office(user: Any) -> QuerySet[Charge]:
    rows = Charge.objects.select_related("payer").prefetch_related("subject")
    return rows if has_perm("payments.view_payments", user) else rows.none()


def events_for_office(user: Any) -> QuerySet[StripeEvent]:
    rows = StripeEvent.objects.all()
    return rows if has_perm("payments.view_payments", user) else rows.none()


def bank_deposits_for_office(user: Any) -> QuerySet[BankDeposit]:
    rows = BankDeposit.objects.select_related("recorded_by").prefetch_related("subject")
    return rows if has_perm("payments.view_payments", user) else rows.none()
