"""The whole portfolio, added up by the database from the cache columns: a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext as _

from loans.models import DayClose, Loan, LoanInstalment, Product
from loans.queries.loans import loans_for

SOON = 30
MONTHS = 12
BUCKETS: tuple[tuple[int, int | None], ...] = ((1, 30), (31, 90), (91, None))


@dataclass(frozen=True)
class PortfolioSummary:
    """The five figures of finance's first page, in won and counts."""

    as_of: date | None
    balance: int
    loans: int
    due_soon: int
    due_soon_count: int
    due_this_month: int
    paid_this_month: int
    due_last_month: int
    paid_last_month: int
    arrears: int
    overdue_balance: int
    overdue_loans: int
    held: int
    by_bank: int
    by_bank_loans: int

    @property
    def collected_permille(self) -> int | None:
        """Paid of what fell due this month, in ‰."""
        return self.paid_this_month * 1000 // self.due_this_month if self.due_this_month else None

    @property
    def collected_last_permille(self) -> int | None:
        return self.paid_last_month * 1000 // self.due_last_month if self.due_last_month else None


@dataclass(frozen=True)
class MonthDue:
    month: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        return self.principal + self.interest


@dataclass(frozen=True)
class Bucket:
    """Loans by days overdue; ``last`` None is open-ended."""

    first: int
    last: int | None
    loans: int
    balance: int
    arrears: int

    @property
    def label(self) -> str:
        if self.first == 0:
            return _("not overdue")
        if self.last is None:
            return _("more than %(days)s days") % {"days": self.first - 1}
        return _("%(first)s–%(last)s days") % {"first": self.first, "last": self.last}


def portfolio_summary(user: Any, today: date) -> PortfolioSummary:
    """The figures as of the last day end; three queries."""
    running = loans_for(user).filter(state__in=Loan.OUTSTANDING)
    overdue, by_bank = Q(days_overdue__gt=0), Q(servicing=Product.Servicing.BANK)
    sums = running.order_by().aggregate(
        # before ``balance``, whose name would hide the column from it
        overdue_balance=_sum("balance", filter=overdue),
        by_bank=_sum("balance", filter=by_bank),
        balance=_sum("balance"),
        loans=Count("pk"),
        arrears=_sum("arrears"),
        held=_sum("unapplied"),
        overdue_loans=Count("pk", filter=overdue),
        by_bank_loans=Count("pk", filter=by_bank),
        as_of=Max("as_of"),
    )
    this_month = today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    return PortfolioSummary(
        **sums, **_due_soon(user, today), **_collected(user, last_month, this_month, today)
    )


def _due_soon(user: Any, today: date) -> dict[str, Any]:
    rows = _instalments(user).filter(
        due_on__range=(today, today + timedelta(days=SOON)), loan__state__in=Loan.OUTSTANDING
    )
    return rows.exclude(state=LoanInstalment.State.PAID).aggregate(
        due_soon=_sum(
            F("principal") + F("interest") - F("paid_principal") - F("paid_interest") - F("waived")
        ),
        due_soon_count=Count("pk"),
    )


def _collected(user: Any, last_month: date, this_month: date, today: date) -> dict[str, Any]:
    this, last = Q(due_on__range=(this_month, today)), Q(due_on__gte=last_month, due_on__lt=this_month)
    due, paid = F("principal") + F("interest") - F("waived"), F("paid_principal") + F("paid_interest")
    return (
        _instalments(user)
        .filter(loan__state__in=Loan.PAID_OUT, due_on__range=(last_month, today))
        .aggregate(
            due_this_month=_sum(due, filter=this),
            paid_this_month=_sum(paid, filter=this),
            due_last_month=_sum(due, filter=last),
            paid_last_month=_sum(paid, filter=last),
        )
    )


def cash_due_by_month(user: Any, today: date, months: int = MONTHS) -> list[MonthDue]:
    """What is still to come per month, this one first; months without any are there with zero. One query."""
    first = today.replace(day=1)
    starts = [add_months(first, n) for n in range(months + 1)]
    rows = (
        _instalments(user)
        .filter(loan__state__in=Loan.OUTSTANDING, due_on__gte=today, due_on__lt=starts[-1])
        .exclude(state=LoanInstalment.State.PAID)
        .annotate(month=TruncMonth("due_on"))
        .values("month")
        .annotate(
            principal_sum=_sum(F("principal") - F("paid_principal")),
            interest_sum=_sum(F("interest") - F("paid_interest") - F("waived")),
        )
        .order_by("month")
    )
    found = {row["month"]: (row["principal_sum"], row["interest_sum"]) for row in rows}
    return [MonthDue(month, *found.get(month, (0, 0))) for month in starts[:-1]]


def arrears_buckets(user: Any) -> list[Bucket]:
    """Loans by days overdue, the ones not overdue first. One query."""
    whens = [
        When(
            **({"days_overdue__lte": last} if last is not None else {"days_overdue__gte": first}),
            then=Value(n),
        )
        for n, (first, last) in enumerate(((0, 0), *BUCKETS))
    ]
    rows = (
        loans_for(user)
        .filter(state__in=Loan.OUTSTANDING)
        .order_by()
        .annotate(bucket=Case(*whens, output_field=IntegerField()))
        .values("bucket")
        .annotate(loans=Count("pk"), balance_sum=_sum("balance"), arrears_sum=_sum("arrears"))
    )
    found = {row["bucket"]: row for row in rows}
    none = {"loans": 0, "balance_sum": 0, "arrears_sum": 0}
    return [
        Bucket(first, last, row["loans"], row["balance_sum"], row["arrears_sum"])
        for n, (first, last) in enumerate(((0, 0), *BUCKETS))
        for row in [found.get(n, none)]
    ]


def balance_by_fund(user: Any) -> list[dict[str, Any]]:
    """Principal outstanding and loans per fund. One query."""
    rows: Any = (
        loans_for(user)
        .filter(state__in=Loan.OUTSTANDING)
        .order_by("product__fund__name")
        .values(fund=F("product__fund__short_name"))
        .annotate(balance_sum=_sum("balance"), loans=Count("pk"))
    )
    return list(rows)


def last_day_close() -> DayClose | None:
    """The latest day end, finished or not."""
    return DayClose.objects.first()


def add_months(first: date, months: int) -> date:
    """The first of a month, ``months`` later."""
    number = first.month - 1 + months
    return date(first.year + number // MONTHS, number % MONTHS + 1, 1)


def _instalments(user: Any) -> QuerySet[LoanInstalment]:
    return LoanInstalment.objects.filter(loan__in=loans_for(user).order_by().values("pk")).order_by()


def _sum(what: Any, **kwargs: Any) -> Coalesce:
    return Coalesce(Sum(what, **kwargs), Value(0))
