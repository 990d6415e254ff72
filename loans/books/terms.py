"""From a product, as staff set it up, to the engine's terms of one loan."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.calendar.working_days import non_working_days
from loans.engine import (
    AllocationOrder,
    Component,
    DayCount,
    Frequency,
    LateBase,
    LateRule,
    Method,
    Prepaying,
    Rounding,
    Terms,
    Waterfall,
    WorkingDay,
)
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
    frequency = Frequency(product.frequency)
    closed = holidays_for(start, frequency, product.instalments) if holidays is None else frozenset(holidays)
    unit = Rounding(unit=product.interest_unit)
    return Terms(
        principal=principal,
        annual_rate=annual_rate,
        start=start,
        instalments=product.instalments,
        grace=product.grace_instalments,
        method=Method(product.method),
        frequency=frequency,
        due_day=due_day or start.day,
        working_day=WorkingDay(product.working_day),
        interest_follows=product.interest_follows,
        holidays=closed,
        day_count=DayCount(product.day_count),
        interest_rounding=unit,
        late=LateRule(
            spread=Fraction(product.late_spread),
            cap=Fraction(product.late_cap),
            base=LateBase(product.late_base),
            grace_days=product.late_grace_days,
            rounding=unit,
        ),
        allocation=AllocationOrder(
            components=tuple(Component(name) for name in product.allocation_order),
            run=Waterfall(product.allocation_run),
        ),
        prepaying=Prepaying(product.prepaying),
    )


def holidays_for(start: date, frequency: Frequency, instalments: int) -> frozenset[date]:
    """The public holidays and staff's exceptions of a loan's life. The engine knows weekends itself."""
    days = instalments * (frequency.months * 31 or frequency.days)
    closed = non_working_days(start, start + timedelta(days=days) + SLACK)
    return frozenset(day for day in closed if day.weekday() < SATURDAY)
