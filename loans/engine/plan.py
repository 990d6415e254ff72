"""How a balance is spread over the instalments to come: one list of principal parts per method."""

from collections.abc import Sequence

from .annuity import level_payment
from .rounding import Rounding
from .rules import Remainder


def equal_parts(
    balance: int, count: int, rounding: Rounding, remainder: Remainder = Remainder.LAST
) -> list[int]:
    """``balance`` in ``count`` equal parts rounded by ``rounding``; one part takes what they leave over.

    50,000,000 in 48 is 47 × 1,041,666 and 1,041,698. Parts rounded up may use up the balance early: then the
    last ones are 0.
    """
    part = rounding.round(balance, count)
    rest = balance - part * (count - 1)
    if rest < 0:
        whole, rest = divmod(balance, part)
        return [part] * whole + [rest] + [0] * (count - whole - 1)
    parts = [part] * (count - 1)
    return [rest, *parts] if remainder is Remainder.FIRST else [*parts, rest]


def annuity_parts(
    balance: int, factors: Sequence[int], den: int, *, accrued: int, level: int, interest: Rounding
) -> list[int]:
    """The principal in each of the level payments; the last part takes what is left.

    ``factors[k]`` is the rate over the k-th period in units of ``1 / den``; ``accrued`` the numerator of
    interest already accrued and unpaid in the first. A part is never negative (a payment below its interest
    repays nothing) and never more than the balance.
    """
    parts = []
    carried = accrued
    linear = interest.linear(den)
    unit = interest.unit
    for factor in factors[:-1]:
        num = balance * factor + carried
        carried = 0
        due = (num + linear[0]) // linear[1] * unit if linear else interest.round(num, den)
        part = level - due
        if not 0 <= part <= balance:
            part = 0 if part < 0 else balance
        parts.append(part)
        balance -= part
    parts.append(balance)
    return parts


def solve_level(
    balance: int,
    factors: Sequence[int],
    den: int,
    *,
    accrued: int,
    rounding: Rounding,
    bound: int | None = None,
) -> int:
    """The level payment for ``balance`` over ``factors`` (see :func:`annuity_parts`), rounded by
    ``rounding``.
    """
    value = balance * (den + factors[0]) + accrued
    return level_payment(value, den, factors[1:], rounding, bound)


def cut_from_end(parts: list[int], amount: int) -> list[int]:
    """``parts`` with ``amount`` taken away from the last ones first (the term shortens)."""
    return cut_from_front(parts[::-1], amount)[::-1]


def cut_from_front(parts: list[int], amount: int) -> list[int]:
    """``parts`` with ``amount`` taken away from the first ones first (the next instalments shrink)."""
    left = []
    for part in parts:
        taken = min(part, amount)
        amount -= taken
        left.append(part - taken)
    return left
