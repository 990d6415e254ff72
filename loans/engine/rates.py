"""Exact rates: a rate is a fraction of a year's principal and never passes through a float."""

from decimal import Decimal
from fractions import Fraction

from .errors import EngineError, require

_TYPE = "must be a Fraction, a Decimal, an int or a numeral such as '0.015' (floats are not exact)"


def exact_rate(value: Fraction | Decimal | int | str, field: str) -> Fraction:
    """``value`` as a Fraction: ``'0.015'`` and ``'3/200'`` are 1.5 %.

    Raises EngineError for floats, booleans, text that is no number, non-finite and negative values.
    """
    if isinstance(value, Fraction):
        rate = value
    elif isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise EngineError(field, _TYPE)
    else:
        try:
            rate = Fraction(value)
        except (ValueError, OverflowError, ZeroDivisionError):
            raise EngineError(field, _TYPE) from None
    require(rate >= 0, field, "must not be negative")
    return rate
