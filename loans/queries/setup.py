"""What of a round or product can still be changed, and why the rest can't.

What is announced does not change under those who apply. Of a published round the closing can be put off, the
plan raised and the announcement mended; after the closing nothing changes. The documents and conditions of a
product are locked as long as a published round lends through it.
"""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from core import clock
from loans.models import EligibilityItem, LoanRound, Product, ProductDocument

Part = ProductDocument | EligibilityItem
OPEN_IN_ROUND: Final = ("closes_at", "plan_amount", "notice")


def open_fields(row: LoanRound | Part, fields: Iterable[str]) -> tuple[str, ...]:
    """Of ``fields`` those that can still be changed."""
    fields = tuple(fields)
    if not why_locked(row):
        return fields
    still = OPEN_IN_ROUND if isinstance(row, LoanRound) and _is_before_the_closing(row) else ()
    return tuple(name for name in fields if name in still)


def why_locked(row: LoanRound | Part) -> str:
    """Why not everything can be changed any more; empty when it can."""
    if not isinstance(row, LoanRound):
        return why_product_locked(row.product)
    if row.state == LoanRound.State.DRAFT:
        return ""
    if _is_before_the_closing(row):
        return _(
            "The round is published: only the closing can be put off, the plan be raised "
            "and the announcement be changed."
        )
    return _("The round has ended: it can no longer be changed.")


def why_product_locked(product: Product) -> str:
    """Why the documents and conditions of ``product`` stay as they are; empty when they can change."""
    if not product.rounds.filter(state=LoanRound.State.PUBLISHED).exists():
        return ""
    return _("A published round lends through this product: what it asks for can change once it has closed.")


def _is_before_the_closing(row: LoanRound) -> bool:
    return row.state == LoanRound.State.PUBLISHED and clock.now() < row.closes_at
