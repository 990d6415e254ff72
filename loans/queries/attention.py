"""오늘 살펴볼 융자: running loans that need a look, with the reason, the worst first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loans.models import DayCloseError, Loan
from loans.queries.loans import loans_for

TWICE = 2


@dataclass(frozen=True)
class Attention:
    """A loan and why to look at it; ``kind`` is the status tag's."""

    loan: Loan
    reason: str
    word: str
    kind: str


def loans_to_look_at(user: Any, today: date) -> QuerySet[Loan]:
    """Overdue, due today and not covered, failed in the day end, or repaid with money still held."""
    failed = Exists(DayCloseError.objects.filter(loan=OuterRef("pk")))
    running = Q(state__in=Loan.OUTSTANDING)
    return (
        loans_for(user)
        .annotate(day_failed=failed)
        .filter(
            running
            & (
                Q(days_overdue__gt=0)
                | Q(day_failed=True)
                | Q(next_due_on=today, next_due_amount__gt=F("unapplied"))
            )
            | Q(state=Loan.State.REPAID, unapplied__gt=0)
        )
        .order_by("-day_failed", "-days_overdue", "next_due_on", "pk")
    )


def attention_rows(user: Any, today: date, limit: int = 20) -> list[Attention]:
    """The first ``limit`` of them with their reasons. One query."""
    return [attention(loan, today) for loan in loans_to_look_at(user, today)[:limit]]


def attention(loan: Loan, today: date) -> Attention:
    """Why to look at ``loan``."""
    if getattr(loan, "day_failed", False):
        return Attention(loan, _("The day end failed for it"), _("Failed"), "danger")
    if loan.state == Loan.State.REPAID:
        return Attention(loan, _("Repaid; money is still held for the borrower"), _("Refund"), "info")
    if loan.missed >= TWICE:
        reason = ngettext(
            "%(count)s instalment missed", "%(count)s instalments missed in a row", loan.missed
        ) % {"count": loan.missed}
        return Attention(loan, reason, _("Overdue"), "danger")
    if loan.days_overdue:
        return Attention(loan, _("One instalment missed"), _("Recently overdue"), "warning")
    return Attention(loan, _("Falls due today"), _("Due today"), "info")
