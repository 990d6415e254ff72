"""Loans, always scoped to the person who asks. Lists read the cache columns and replay nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.roles import is_signed_in
from loans.books.replaying import loan_state
from loans.engine import LoanState
from loans.models import LedgerEntry, Loan, LoanCertificate, LoanInstalment
from loans.queries.applications import acts_for
from loans.rules import may_see_all_loans

_WITH = ("product__fund", "fund_year", "business", "borrower", "application")


def own_loans(user: Any) -> QuerySet[Loan]:
    """The loans in the person's name and of their businesses, the ones called off left out."""
    if not is_signed_in(user):
        return Loan.objects.none()
    mine = Loan.objects.filter(Q(borrower=user) | acts_for(user))
    return mine.exclude(state=Loan.State.CANCELLED).select_related(*_WITH)


def loans_for(user: Any) -> QuerySet[Loan]:
    """What the person may see: staff every loan, others their own."""
    return Loan.objects.select_related(*_WITH) if may_see_all_loans(user) else own_loans(user)


def outstanding_loans(user: Any) -> QuerySet[Loan]:
    """Being repaid or accelerated."""
    return loans_for(user).filter(state__in=Loan.OUTSTANDING)


def overdue_loans(user: Any) -> QuerySet[Loan]:
    """The longest overdue first."""
    return outstanding_loans(user).filter(days_overdue__gt=0).order_by("-days_overdue", "pk")


def instalments_of(loan: Loan) -> QuerySet[LoanInstalment]:
    return loan.instalments.order_by("number")


def valid_certificate(loan: Loan) -> LoanCertificate | None:
    """The certificate of a repaid loan, unless it was taken back."""
    return loan.certificates.filter(revoked_at__isnull=True).first()


def reported_payments(loan: Loan) -> QuerySet[LedgerEntry]:
    """The payments that the bank reported and that stand, the latest first."""
    return loan.entries.filter(source=LedgerEntry.Source.REPORT, reversed_by=None).order_by(
        "-value_date", "-sequence"
    )


def entries_to_take_back(loan: Loan) -> QuerySet[LedgerEntry]:
    """What staff enter by hand and can have entered wrongly, the latest first, taken back already or not.

    A deposit is not among them: it has a record of its own.
    """
    by_hand = Q(kind__in=LedgerEntry.CORRECTIONS) | Q(source=LedgerEntry.Source.REPORT)
    return loan.entries.filter(by_hand).order_by("-value_date", "-sequence")


@dataclass(frozen=True)
class LedgerLine:
    """A ledger entry with what its money was used for."""

    entry: LedgerEntry
    fees: int
    late_interest: int
    interest: int
    principal: int
    held: int
    is_reversed: bool

    @property
    def is_money(self) -> bool:
        return self.entry.kind in {LedgerEntry.Kind.PAYMENT, LedgerEntry.Kind.RECOVERY}


def ledger_lines(loan: Loan, as_of: date, state: LoanState | None = None) -> list[LedgerLine]:
    """The ledger in the order of recording, with each payment's allocation on the evening of ``as_of``."""
    entries = list(loan.entries.select_related("recorded_by", "reverses"))
    state = state or loan_state(loan, as_of, entries)
    used: dict[str, dict[str, int]] = {}
    for part in state.allocations:
        sums = used.setdefault(part.event, {})
        sums[part.component.value] = sums.get(part.component.value, 0) + part.amount
    undone = {entry.reverses_id for entry in entries if entry.reverses_id}
    return [_line(entry, used.get(entry.event_id, {}), entry.pk in undone) for entry in entries]


def _line(entry: LedgerEntry, used: dict[str, int], is_reversed: bool) -> LedgerLine:
    is_money = entry.kind in {LedgerEntry.Kind.PAYMENT, LedgerEntry.Kind.RECOVERY}
    return LedgerLine(
        entry,
        fees=used.get("fee", 0),
        late_interest=used.get("late_interest", 0),
        interest=used.get("interest", 0),
        principal=used.get("principal", 0),
        held=entry.amount - sum(used.values()) if is_money and not is_reversed else 0,
        is_reversed=is_reversed,
    )
