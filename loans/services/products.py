"""What a product asks of those who apply: documents and conditions. A published round locks them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from rules.permissions import has_perm

from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from loans.models import Product
from loans.queries.setup import Part, why_product_locked

P = TypeVar("P", bound=Part)


@transaction.atomic
def add_part(*, by: User, part: P) -> P:
    """Add a document or condition to a product."""
    _require(by)
    _lock(part.product_id)
    part.save()
    return part


@transaction.atomic
def change_part(*, by: User, part: P, values: Mapping[str, Any]) -> P:
    """Change a document or condition; into another product it moves only when both are free."""
    _require(by)
    row: Any = type(part)._default_manager.get(pk=part.pk)  # noqa: SLF001
    _lock(row.product_id, values.get("product", row.product).pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.clean()
    row.save(update_fields=list(values))
    saved: P = row
    return saved


@transaction.atomic
def delete_part(*, by: User, part: Part) -> None:
    """Delete a document or condition."""
    _require(by)
    _lock(part.product_id)
    try:
        part.delete()
    except models.ProtectedError as error:
        raise NotNow from error


def _require(by: User) -> None:
    if not (by.is_active and has_perm("loans.change_fund", by)):
        raise NotAllowed


def _lock(*products: int) -> None:
    """Publishing a round locks its product too: nothing changes in between."""
    for product in Product.objects.select_for_update().filter(pk__in=products).order_by("pk"):
        if reason := why_product_locked(product):
            raise NotNow(reason)
