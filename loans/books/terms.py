"""From a product to the engine's terms of one loan, with the calendar of the district."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from core.calendar.working_days import non_working_days
from loans.engine import Frequency, Terms
from loans.models import Product

SATURDAY = 5
SLACK = timedelta(days=70)
"""How far behind the last due date the calendar is needed: a long first period and a moved date."""


def terms_for(
    product: Product,
    *,
    principal: int,
    annual_rate: Decimal,
    start: date,
    due_day: int | None = None,
    holidays: Iterable[date] | None = None,
) -> Terms:
    """The terms of a loan of ``product`` paid out on ``start``. Raises EngineError for impossible ones.

    ``holidays`` default to the calendar of the district over the life of the loan.
    """
    if holidays is None:
        holidays = holidays_for(start, Frequency(product.frequency), product.instalments)
    return product.terms(
        principal=principal, annual_rate=annual_rate, start=start, due_day=due_day, holidays=holidays
    )


def holidays_for(start: date, frequency: Frequency, instalments: int) -> frozenset[date]:
    """The public holidays and staff's exceptions of a loan's life. The engine knows weekends itself."""
    days = instalments * (frequency.months * 31 or frequency.days)
    closed = non_working_days(start, start + timedelta(days=days) + SLACK)
    return frozenset(day for day in closed if day.weekday() < SATURDAY)
