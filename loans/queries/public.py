"""What everybody may read: funds, rounds, products. Used by the public pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core import clock
from loans.models import Fund, FundYear, Loan, LoanApplication, LoanRound, Product
from loans.queries.rates import Rate, rate_among
from loans.queries.rounds import TAKES_ROOM


@dataclass(frozen=True)
class FundSummary:
    """A fund: its rate and public products, and of this year's plan, where it is out, what is left."""

    fund: Fund
    rate: Rate | None
    products: list[Product]
    fund_year: FundYear | None = None
    selected: int = 0
    disbursed: int = 0

    @property
    def plan(self) -> int:
        return self.fund_year.plan_amount if self.fund_year else 0

    @property
    def remaining(self) -> int:
        """Won of the plan that nobody was selected for yet."""
        return max(self.plan - self.selected, 0)


def fund_summaries(year: int | None = None, *, with_documents: bool = False) -> list[FundSummary]:
    """Every fund that has a plan for a year, by default this one. Two queries, a third for the documents."""
    asked = year or clock.today().year
    years = (
        FundYear.objects.filter(year=asked)
        .select_related("fund")
        .annotate(
            selected=_total(LoanApplication, "round__fund_year", TAKES_ROOM, "decided_amount"),
            disbursed=_total(Loan, "fund_year", Loan.PAID_OUT, "principal"),
        )
        .prefetch_related(Prefetch("fund__products", queryset=_public(with_documents)))
        .order_by("fund_id")
    )
    return [
        FundSummary(
            row.fund, Rate(asked, row), list(row.fund.products.all()), row, row.selected, row.disbursed
        )
        for row in years
    ]


def _without_a_plan(year: int) -> list[FundSummary]:
    """Funds that lend, but have no plan for ``year`` yet: their terms hold on, at the last rate known."""
    earlier = FundYear.objects.filter(year__lt=year).order_by("-year")
    funds = (
        Fund.objects.filter(products__is_public=True)
        .exclude(years__year=year)
        .distinct()
        .prefetch_related(
            Prefetch("products", queryset=_public(with_documents=True)),
            Prefetch("years", queryset=earlier),
        )
        .order_by("pk")
    )
    return [
        FundSummary(fund, rate_among(list(fund.years.all()), year), list(fund.products.all()))
        for fund in funds
    ]


def _public(with_documents: bool) -> QuerySet[Product]:
    products = Product.objects.filter(is_public=True)
    return products.prefetch_related("documents") if with_documents else products


def _total(model: type[Model], fund_year: str, states: Iterable[str], amount: str) -> Coalesce:
    """The sum of ``amount`` over the outer fund year's rows of ``model`` in one of ``states``."""
    rows = model._default_manager.filter(**{fund_year: OuterRef("pk")}, state__in=states).order_by()  # noqa: SLF001
    return Coalesce(Subquery(rows.values(fund_year).annotate(total=Sum(amount)).values("total")), 0)


def rounds() -> QuerySet[LoanRound]:
    """Rounds that were announced."""
    return LoanRound.objects.filter(
        Q(state=LoanRound.State.PUBLISHED) | Q(state=LoanRound.State.CLOSED)
    ).select_related("fund_year__fund", "product__fund")


def open_rounds(now: datetime | None = None) -> QuerySet[LoanRound]:
    """Where one may apply at ``now``; the first to close first."""
    moment = now or clock.now()
    return (
        rounds()
        .filter(state=LoanRound.State.PUBLISHED, opens_at__lte=moment, closes_at__gt=moment)
        .order_by("closes_at")
    )


def upcoming_rounds(now: datetime | None = None) -> QuerySet[LoanRound]:
    """Announced, not open yet."""
    moment = now or clock.now()
    return rounds().filter(state=LoanRound.State.PUBLISHED, opens_at__gt=moment).order_by("opens_at")


def public_products() -> QuerySet[Product]:
    """Products that the public may see, for the calculator and the guide."""
    return Product.objects.filter(is_public=True).select_related("fund").order_by("fund__code", "name")


@dataclass(frozen=True)
class LoanGuide:
    """All that the loan guide tells."""

    funds: list[FundSummary]
    open_rounds: list[LoanRound]
    upcoming_rounds: list[LoanRound]

    @property
    def has_demo_rounds(self) -> bool:
        return any(row.is_demo for row in (*self.open_rounds, *self.upcoming_rounds))


def loan_guide(now: datetime | None = None) -> LoanGuide:
    """Every fund with its terms, whether or not this year's plan is out."""
    moment = now or clock.now()
    funds = fund_summaries(with_documents=True) + _without_a_plan(clock.today().year)
    return LoanGuide(funds, list(open_rounds(moment)), list(upcoming_rounds(moment)))
