"""How a balance is spread over the instalments to come: one list of principal parts per method."""

from collections.abc import Sequence
from operator import sub

from .annuity import level_payment
from .rounding import Rounding
from .rules import Remainder

Rows = tuple[list[int], list[int]]  # principal and interest, one entry per instalment


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


def annuity_rows(
    balance: int, factors: Sequence[int], den: int, *, accrued: int, level: int, interest: Rounding
) -> Rows:
    """Principal and interest in each of the level payments; the last one takes the principal that is left.

    ``factors[k]`` is the rate over the k-th period in units of ``1 / den``; ``accrued`` the numerator of
    interest already accrued and unpaid in the first. Principal is never negative (a payment below its
    interest repays nothing) and never more than the balance.
    """
    first = interest.round(balance * factors[0] + accrued, den)
    swept = _swept_rows(balance, factors, den, first=first, level=level, interest=interest)
    return swept or _bounded_rows(balance, factors, den, first=first, level=level, interest=interest)


def _swept_rows(
    balance: int, factors: Sequence[int], den: int, *, first: int, level: int, interest: Rounding
) -> Rows | None:
    """All balances in one sweep. None where a part would be out of bounds, or no linear form exists."""
    linear = interest.linear(den)
    if linear is None or len(factors) == 1:
        return None
    (add, divisor), unit = linear, interest.unit
    left = balance - level + first
    later = factors[1:-1]
    swept = [left := left - level + (left * factor + add) // divisor * unit for factor in later]
    opening = [balance, balance - level + first, *swept]
    principal = [*map(sub, opening, opening[1:]), left]
    if min(principal) < 0:
        return None
    due = [level - part for part in principal]
    due[-1] = (left * factors[-1] + add) // divisor * unit
    return principal, due


def _bounded_rows(
    balance: int, factors: Sequence[int], den: int, *, first: int, level: int, interest: Rounding
) -> Rows:
    """Step by step, each part held between 0 and the balance."""
    principal, due = [], [first]
    for factor in factors[1:]:
        part = min(max(level - due[-1], 0), balance)
        principal.append(part)
        balance -= part
        due.append(interest.round(balance * factor, den))
    return [*principal, balance], due


def solve_level(
    balance: int,
    factors: Sequence[int],
    den: int,
    *,
    accrued: int,
    rounding: Rounding,
    bound: int | None = None,
) -> int:
    """The level payment for ``balance`` over ``factors`` (see :func:`annuity_rows`), rounded by
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
