"""Announcing a loan round, changing it and ending it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.workflow.edits import change_fields
from core.workflow.perform import lock, perform, record_edit, refuse_stale
from loans.models import LoanRound, Product
from loans.queries.setup import open_fields, why_locked
from loans.services.decisions import promote_reserves


@transaction.atomic
def add_round(*, by: User, loan_round: LoanRound) -> LoanRound:
    """Prepare a round; nobody sees it before it is published."""
    _require(by)
    loan_round.full_clean(exclude={"state"})
    loan_round.save()
    record_edit(loan_round, by=by, what=_("Set up"))
    return loan_round


@transaction.atomic
def publish_round(*, by: User, loan_round: LoanRound, expected_version: int | None = None) -> LoanRound:
    """Show the round to the public; it takes applications between its dates."""
    # what the product asks for does not change in between
    Product.objects.select_for_update().get(pk=loan_round.product_id)
    return perform(loan_round, "publish", by=by, expected_version=expected_version)


@transaction.atomic
def change_round(
    *, by: User, loan_round: LoanRound, values: Mapping[str, Any], expected_version: int | None = None
) -> LoanRound:
    """Change a round in preparation; of a published one only what takes nothing from those who apply.

    The closing can be put off and the plan raised, never the other way: somebody counts on them. Reserves
    for whom there is room now move up.
    """
    _require(by)
    row = lock(loan_round)
    refuse_stale(row, expected_version)
    if len(open_fields(row, values)) < len(values):
        raise NotNow(why_locked(row))
    if row.state != LoanRound.State.DRAFT:
        _refuse_less(row, values)
    change_fields(row, values, by=by)
    promote_reserves(loan_round=row)
    return row


def close_round(*, by: User, loan_round: LoanRound, expected_version: int | None = None) -> LoanRound:
    """End the round after its last minute."""
    return perform(loan_round, "close", by=by, expected_version=expected_version, at=clock.now())


def _require(by: User) -> None:
    if not (by.is_active and has_perm("loans.manage_round", by)):
        raise NotAllowed


def _refuse_less(row: LoanRound, values: Mapping[str, Any]) -> None:
    if values.get("closes_at", row.closes_at) < row.closes_at:
        raise ValidationError({"closes_at": _("The closing can only be put off.")})
    if values.get("plan_amount", row.plan_amount) < row.plan_amount:
        raise ValidationError({"plan_amount": _("The plan can only be raised.")})
