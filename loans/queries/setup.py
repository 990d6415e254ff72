"""What of a round, product, fund or year can still be changed, and why the rest can't.

What is announced does not change under those who apply. Of a published round the closing can be put off, the
plan raised and the announcement mended; after the closing nothing changes. A product, what it asks for and
its fund are locked while a published round lends through them or an application still runs. Of a fund's year
the plan can be raised then and the rate lowered. Loans keep the terms they were paid out with.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from loans.models import (
    EligibilityItem,
    Fund,
    FundYear,
    Loan,
    LoanApplication,
    LoanRound,
    Product,
    ProductDocument,
)

A = LoanApplication.State
Part = ProductDocument | EligibilityItem
OPEN_WHEN_LOCKED: Final[dict[type, tuple[str, ...]]] = {
    LoanRound: ("closes_at", "plan_amount", "notice"),
    FundYear: ("plan_amount", "annual_rate", "source"),
    Fund: ("short_name", "ordinance", "committee"),
    Product: ("summary",),
}


def open_fields(row: Any, fields: Iterable[str]) -> tuple[str, ...]:
    """Of ``fields`` those that can still be changed."""
    fields = tuple(fields)
    if not why_locked(row):
        return fields
    if isinstance(row, LoanRound) and not _is_before_the_closing(row):
        return ()
    still = OPEN_WHEN_LOCKED.get(type(row), ())
    return tuple(name for name in fields if name in still)


def why_locked(row: Any) -> str:
    """Why not everything can be changed any more; empty when it can."""
    match row:
        case LoanRound():
            return _why_round_locked(row)
        case FundYear():
            return _why_year_locked(row)
        case Fund():
            return _why_fund_locked(row)
        case Product():
            return _why_product_locked(row)
    return _why_product_locked(row.product)


def is_published(row: Any) -> bool:
    """Whether the public reads what stands in ``row``."""
    match row:
        case FundYear():
            announced = row.rounds.exclude(state=LoanRound.State.DRAFT)
            return row.year <= clock.today().year or announced.exists()
        case Fund():
            return row.products.filter(is_public=True).exists()
        case Product():
            return row.is_public
        case ProductDocument():
            return row.product.is_public
    return False


def is_in_use(rounds: QuerySet[LoanRound]) -> bool:
    """Whether one of ``rounds`` is published, or an application in them may still become a loan.

    A reserve waits for a place in the plan of its year, and no longer.
    """
    if rounds.filter(state=LoanRound.State.PUBLISHED).exists():
        return True
    running = Q(state__in=[A.SUBMITTED, A.RETURNED, A.ELIGIBLE, A.SELECTED])
    waiting = Q(state=A.RESERVE, round__fund_year__year__gte=clock.today().year)
    unpaid = Q(loan__state__in=[Loan.State.PREPARED, Loan.State.APPROVED])
    return LoanApplication.objects.filter(running | waiting | unpaid, round__in=rounds).exists()


def _why_round_locked(row: LoanRound) -> str:
    if row.state == LoanRound.State.DRAFT:
        return ""
    if _is_before_the_closing(row):
        return _(
            "The round is published: only the closing can be put off, the plan be raised "
            "and the announcement be changed."
        )
    return _("The round has ended: it can no longer be changed.")


def _why_year_locked(row: FundYear) -> str:
    if is_in_use(row.rounds.all()):
        return _(
            "Applications of this year are running: the plan can only be raised and the rate only lowered. "
            "Loans that were paid out keep their rate."
        )
    if row.rounds.exists() or row.loans.exists():
        return _(
            "Rounds or loans belong to this year: its fund and number stay. "
            "Loans that were paid out keep their rate."
        )
    return ""


def _why_fund_locked(row: Fund) -> str:
    if not is_in_use(LoanRound.objects.filter(fund_year__fund=row)):
        return ""
    return _("A round of this fund is open or applications are running: its rules can change afterwards.")


def _why_product_locked(row: Product) -> str:
    if not is_in_use(row.rounds.all()):
        return ""
    return _(
        "A published round lends through this product, or applications for it are running: its terms and "
        "what it asks for can change afterwards. Loans that were paid out keep their terms."
    )


def _is_before_the_closing(row: LoanRound) -> bool:
    return row.state == LoanRound.State.PUBLISHED and clock.now() < row.closes_at
