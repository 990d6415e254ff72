"""The cost of a loan as one yearly rate, fees included: decimal arithmetic throughout, no floats."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal, localcontext

from .checks import is_day
from .errors import require
from .schedule import build_schedule
from .terms import Terms

_DIGITS = 40
_PLACES = Decimal("0.0000000001")
_HIGHEST = Decimal(1_000_000)
_YEAR = 365

UnitPeriodPayment = tuple[int, Decimal, Decimal]  # whole unit periods, fraction of one, amount


def apr(terms: Terms, fees: Iterable[tuple[date, int]] = ()) -> Decimal:
    """The effective annual cost: the yearly rate at which all the borrower pays is worth what they receive.

    ``fees`` are (day, minor units) paid besides the schedule. Days are counted actual/365 with yearly
    compounding. A Decimal to ten places: ``Decimal("0.0104596023")`` is 1.0459602300 %. Raises EngineError
    where no rate from 0 up balances the flows, or for a fee before the start.
    """
    schedule = build_schedule(terms)
    start = terms.start.toordinal()
    flows = [(t.on.toordinal() - start, -t.amount) for t in terms.tranches] or [(0, -terms.principal)]
    flows += [(row.due.toordinal() - start, row.amount) for row in schedule.rows]
    for day, amount in fees:
        require(type(amount) is int and amount >= 0, "fees", "must be whole amounts of 0 or more")
        require(is_day(day) and day >= terms.start, "fees", "must not be paid before the start of the loan")
        flows.append((day.toordinal() - start, amount))

    def worth(rate: Decimal) -> Decimal:
        daily = (1 + rate) ** (Decimal(-1) / _YEAR)
        return sum((amount * daily**days for days, amount in flows), Decimal(0))

    return _root(worth)


def unit_period_rate(advance: Decimal, payments: Sequence[UnitPeriodPayment]) -> Decimal:
    """The rate per unit period by the actuarial method: an odd fraction bears simple interest.

    ``advance = Σ amount / ((1 + f·i)(1 + i)^t)``, as in Regulation Z, appendix J. Multiplied by the unit
    periods in a year it is the nominal annual percentage rate used in the United States. Raises EngineError
    where no rate from 0 up balances the flows.
    """

    def worth(rate: Decimal) -> Decimal:
        return sum((amount / ((1 + f * rate) * (1 + rate) ** t) for t, f, amount in payments), -advance)

    return _root(worth)


def _root(worth: Callable[[Decimal], Decimal]) -> Decimal:
    """Where ``worth``, which falls as the rate rises, is zero, to ten places half even."""
    with localcontext() as context:
        context.prec = _DIGITS
        low, high = Decimal(0), Decimal(1)
        require(worth(low) >= 0, "fees", "must leave a cost of 0 or more")
        while worth(high) > 0:
            low, high = high, high * 2
            require(high < _HIGHEST, "fees", "must be less than what the borrower receives")
        while high - low > _PLACES / 8:
            middle = (low + high) / 2
            if worth(middle) > 0:
                low = middle
            else:
                high = middle
        return high.quantize(_PLACES)
