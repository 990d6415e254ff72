"""The public calculator: from answers to a schedule, by the same engine as the loans themselves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.money import format_percent
from loans.books.terms import holidays_for, terms_for
from loans.engine import DayCount, Frequency, Instalment, Method, Terms, build_schedule
from loans.models import Product
from loans.queries.rates import Rate


@dataclass(frozen=True)
class YearOfLoan:
    """The instalments of one calendar year added up, for the chart and the folded table."""

    year: int
    rows: list[Instalment]

    @property
    def principal(self) -> int:
        return sum(row.principal for row in self.rows)

    @property
    def interest(self) -> int:
        return sum(row.interest for row in self.rows)


@dataclass(frozen=True)
class Calculation:
    """What a loan would cost."""

    terms: Terms
    rows: list[Instalment]
    total_interest: int
    product: Product | None
    rate: Rate | None

    @property
    def rate_words(self) -> str:
        return format_percent(Decimal(self.terms.rate.numerator) / self.terms.rate.denominator)

    @property
    def total(self) -> int:
        return self.terms.principal + self.total_interest

    @property
    def first(self) -> Instalment:
        return self.rows[0]

    @property
    def first_repaying(self) -> Instalment:
        """The first instalment with principal in it."""
        return next(row for row in self.rows if row.principal)

    @property
    def last(self) -> Instalment:
        return self.rows[-1]

    @property
    def years(self) -> list[YearOfLoan]:
        by_year: dict[int, list[Instalment]] = {}
        for row in self.rows:
            by_year.setdefault(row.due.year, []).append(row)
        return [YearOfLoan(year, rows) for year, rows in by_year.items()]


def calculate(
    answers: dict[str, Any], start: date, *, product: Product | None, rate: Rate | None
) -> Calculation:
    """The schedule for checked answers: of a product at its rate, else by one's own terms.

    Raises EngineError for terms that contradict each other.
    """
    if product is not None and rate is not None:
        terms = terms_for(product, principal=answers["amount"], annual_rate=rate.value, start=start)
    else:
        terms = _own_terms(answers, start)
    schedule = build_schedule(terms)
    return Calculation(terms, list(schedule.rows), schedule.total_interest, product, rate)


def _own_terms(answers: dict[str, Any], start: date) -> Terms:
    frequency = Frequency(answers["frequency"])
    return Terms(
        principal=answers["amount"],
        annual_rate=answers["rate"] / 100,
        start=start,
        instalments=answers["instalments"],
        grace=answers["grace"] or 0,
        method=Method(answers["method"]),
        frequency=frequency,
        day_count=DayCount.ACT_ACT,
        holidays=holidays_for(start, frequency, answers["instalments"]),
    )
