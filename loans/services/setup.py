"""Setting up funds, their years, products and what these ask of those who apply.

Who changed what, from what to what and why, stands in the history; that of a document or condition is its
product's.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core.accounts.models import User
from core.errors import NotAllowed, NotNow, Stale
from core.money import format_won
from core.workflow.edits import change_fields, differing, from_to
from core.workflow.parts import added, changed, deleted, remove, still_there
from core.workflow.perform import lock, record_edit, refuse_stale
from loans.models import Fund, FundYear, Product
from loans.queries.funds import disbursed_amount
from loans.queries.setup import Part, is_in_use, is_published, open_fields, why_locked

S = TypeVar("S", Fund, FundYear, Product)
P = TypeVar("P", bound=Part)
Flaws = Iterator[tuple[str, str]]


@transaction.atomic
def add_setup(*, by: User, row: S) -> S:
    """Add a fund, a year of one, or a product. Raises ``ValidationError`` by field."""
    _require(by)
    row.full_clean()
    row.save()
    record_edit(row, by=by, what=_("Set up"))
    return row


@transaction.atomic
def change_setup(
    *,
    by: User,
    row: S,
    values: Mapping[str, Any],
    reason: str = "",
    source_holds: bool = False,
    expected_version: int | None = None,
) -> S:
    """Change what is still open. What the public reads needs a reason.

    A changed rate or plan of a year needs a new source, or ``source_holds``: the one that is named says so
    too. Raises ``ValidationError`` by field, all at once.
    """
    _require(by)
    found = lock(row)
    refuse_stale(found, expected_version)
    values = differing(found, values)
    _refuse_locked(found, values)
    flaws = dict(_unexplained(found, values, reason))
    if isinstance(found, FundYear):
        flaws |= dict(_year_flaws(found, values, source_holds=source_holds))
    if flaws:
        raise ValidationError(flaws)
    change_fields(found, values, by=by, reason=reason)
    return found


@transaction.atomic
def add_part(*, by: User, part: P) -> P:
    """Add a document or condition to a product."""
    _require(by)
    product = lock(part.product)
    part.product = product
    _refuse_locked(part)
    part.save()
    record_edit(product, by=by, what=added(part))
    return part


@transaction.atomic
def change_part(
    *,
    by: User,
    part: P,
    values: Mapping[str, Any],
    reason: str = "",
    expected_version: int | None = None,
) -> P:
    """Change a document or condition; into another product it moves only when both are free.

    ``expected_version`` is that of its product.
    """
    _require(by)
    homes = _lock_products(part, values)
    row: Any = still_there(part)
    if row.product_id not in homes:
        raise Stale
    refuse_stale(homes[row.product_id], expected_version)
    for product in homes.values():
        _refuse_locked(product)
    values = differing(row, values)
    if flaws := dict(_unexplained(row, values, reason)):
        raise ValidationError(flaws)
    what = changed(row, from_to(row, values), reason.strip())
    for name, value in values.items():
        setattr(row, name, homes[value.pk] if name == "product" else value)
    row.full_clean()
    if values:
        row.save(update_fields=list(values))
        for product in homes.values():
            record_edit(product, by=by, what=what)
    saved: P = row
    return saved


@transaction.atomic
def delete_part(*, by: User, part: Part) -> None:
    """Delete a document or condition."""
    _require(by)
    product = lock(part.product)
    row = still_there(part)
    _refuse_locked(row)
    what = deleted(row)
    remove(row)
    record_edit(product, by=by, what=what)


def _require(by: User) -> None:
    if not (by.is_active and has_perm("loans.change_fund", by)):
        raise NotAllowed


def _refuse_locked(row: Any, values: Mapping[str, Any] | None = None) -> None:
    """Of ``values`` something that is locked; without them anything at all."""
    reason = why_locked(row)
    if reason and (values is None or len(open_fields(row, values)) < len(values)):
        raise NotNow(reason)


def _unexplained(row: Any, values: Mapping[str, Any], reason: str) -> Flaws:
    if values and is_published(row) and not reason.strip():
        yield "reason", _("The public reads this: please write why it changes.")


def _year_flaws(year: FundYear, values: Mapping[str, Any], *, source_holds: bool) -> Flaws:
    """What takes something from those who apply, or would cite an announcement for what it did not say."""
    plan, rate = values.get("plan_amount", year.plan_amount), values.get("annual_rate", year.annual_rate)
    if plan < (paid := disbursed_amount(year)):
        yield "plan_amount", _("%(paid)s of it was paid out already.") % {"paid": format_won(paid)}
    if is_in_use(year.rounds.all()):
        if plan < year.plan_amount:
            yield "plan_amount", _("Applications are running: the plan can only be raised.")
        if rate > year.annual_rate:
            yield "annual_rate", _("Applications are running: the rate can only be lowered.")
    changed = {"plan_amount", "annual_rate"} & values.keys()
    if changed and year.source and "source" not in values and not source_holds:
        yield "source", _("The rate or the plan changes: please state anew where it was announced.")


def _lock_products(part: Part, values: Mapping[str, Any]) -> dict[int, Product]:
    """The product of ``part`` and the one it moves to. Publishing a round locks its product too."""
    wanted = {part.product_id, values.get("product", part.product).pk}
    rows = Product.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {product.pk: product for product in rows}
