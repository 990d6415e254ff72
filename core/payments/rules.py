"""Who may see and move money that comes in."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from core.accounts.roles import (
    is_administrator,
    is_auditor,
    is_finance_approver,
    is_finance_staff,
)


@predicate
def is_payer(user: Any, charge: Any) -> bool:
    """The charge was opened for this person."""
    return bool(user and user.is_active and getattr(charge, "payer_id", None) == user.pk)


works_with_money = is_finance_staff | is_finance_approver
sees_money = works_with_money | is_auditor | is_administrator

add_perm("payments.view_payments", sees_money)
add_perm("payments.retry_event", works_with_money)
add_perm("payments.accept_payment", is_finance_staff & ~is_payer)
add_perm("payments.record_bank_deposit", is_finance_staff)
add_perm("payments.reverse_bank_deposit", works_with_money)
add_perm("payments.pay", is_payer)
