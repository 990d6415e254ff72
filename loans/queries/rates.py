"""The rate of a fund in a year, and what may be said of it: rates are set once a year and announced."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loans.models import FundYear


@dataclass(frozen=True)
class Rate:
    """The rate that stands for the year ``asked``, and the year in which it was set."""

    asked: int
    year: FundYear

    @property
    def value(self) -> Decimal:
        return self.year.annual_rate

    @property
    def is_of_the_year(self) -> bool:
        return self.asked == self.year.year

    @property
    def announced_in(self) -> str:
        """Where it was announced; nothing where it is only set for this site."""
        return self.year.source


def rate_for(fund_id: Any, year: int) -> Rate | None:
    """The rate of ``year``, else the last announced before it, else the last set; perhaps there is none."""
    earlier = list(FundYear.objects.filter(fund=fund_id, year__lte=year).order_by("-year"))
    return rate_among(earlier, year)


def rate_among(earlier: list[FundYear], year: int) -> Rate | None:
    """The same of years up to ``year`` that are there already, the latest first."""
    if not earlier:
        return None
    announced = (row for row in earlier if row.source)
    return Rate(year, earlier[0] if earlier[0].year == year else next(announced, earlier[0]))
