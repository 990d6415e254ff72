"""The level payment of an annuity over uneven periods, exactly.

With period factors fₖ (rate × year fraction, over one denominator) the payment E solves ``value = E · (1 +
1/(1+f₁) + 1/((1+f₁)(1+f₂)) + …)``, the value being what is owed when the first payment falls due. The sum is
bounded from both sides in fixed point; only when both bounds do not round to the same payment is it worked
out as a whole fraction. So the result is always that of exact arithmetic.
"""

from collections.abc import Sequence
from fractions import Fraction

from .rounding import Rounding

_BITS = 96
_ONE = 1 << _BITS


def discount_sum(factors: Sequence[int], den: int) -> int:
    """⌊·⌋ of Σⱼ Πₖ≤ⱼ 1/(1+fₖ/den) in units of 2⁻⁹⁶, too small by less than one unit per factor."""
    total = 0
    for factor in reversed(factors):
        total = (_ONE + total) * den // (den + factor)
    return total


def exact_discount_sum(factors: Sequence[int], den: int) -> Fraction:
    """The same sum as a fraction, without any error."""
    num, out = 0, 1
    for factor in reversed(factors):
        num, out = (out + num) * den, out * (den + factor)
    return Fraction(num, out)


def level_payment(
    value: int, den: int, factors: Sequence[int], rounding: Rounding, bound: int | None = None
) -> int:
    """The payment E, rounded by ``rounding``, that repays ``value / den`` now and after each of ``factors``.

    ``factors`` are the periods after the first payment, in units of ``1 / den``. ``bound`` may bring
    :func:`discount_sum` of them, if already known.
    """
    low = discount_sum(factors, den) if bound is None else bound
    # A sum that is too small makes the payment too large, and the other way round.
    most = rounding.round(value << _BITS, den * (_ONE + low))
    least = rounding.round(value << _BITS, den * (_ONE + low + len(factors)))
    if most == least:
        return most
    exact = Fraction(value, den) / (1 + exact_discount_sum(factors, den))
    return rounding.round(exact.numerator, exact.denominator)
