"""The score rule, in pure decimals: no database, no clock.

The total of one evaluator is the sum of score ÷ highest score × weight, out of 100. The score of a stage is
the mean of the totals; from five evaluators on exactly one highest and one lowest total are dropped first.
Two decimals, half up.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Generic, TypeVar

CENT = Decimal("0.01")
DROP_FROM = 5
"""From this many evaluators on, one highest and one lowest total are dropped."""

K = TypeVar("K", bound=Hashable)


def half_up(number: Fraction) -> Decimal:
    """``number`` to two decimals, halves away from zero."""
    scaled = number * 100
    whole = scaled.numerator // scaled.denominator
    if (scaled - whole) * 2 >= 1:
        whole += 1
    return (Decimal(whole) / 100).quantize(CENT, rounding=ROUND_HALF_UP)


def review_total(
    scores: Mapping[K, int | None], weights: Mapping[K, Decimal], max_scores: Mapping[K, int]
) -> Decimal:
    """One evaluator's total. What is not scored yet adds nothing (a running total)."""
    total = Fraction(0)
    for key, weight in weights.items():
        score = scores.get(key)
        if score is None:
            continue
        if not 0 <= score <= max_scores[key]:
            raise ValueError(f"score {score} is outside 0–{max_scores[key]}")
        total += Fraction(score, max_scores[key]) * Fraction(weight)
    return half_up(total)


def kept(totals: Sequence[Decimal]) -> list[Decimal]:
    """The totals that count: without exactly one highest and one lowest when there are five or more."""
    ordered = sorted(totals)
    return ordered[1:-1] if len(ordered) >= DROP_FROM else ordered


def stage_score(totals: Sequence[Decimal]) -> Decimal | None:
    """The score of a stage; ``None`` when nobody scored, which is not zero."""
    counting = kept(totals)
    if not counting:
        return None
    return half_up(sum((Fraction(total) for total in counting), Fraction(0)) / len(counting))


def bonus_points(points: Iterable[Decimal], cap: Decimal) -> Decimal:
    """Granted bonus points, at most ``cap``."""
    return min(sum(points, Decimal(0)), cap).quantize(CENT)


def passes_cut_off(score: Decimal | None, cut_off: Decimal) -> bool:
    """The cut-off looks at the score without bonus points; the cut-off itself passes."""
    return score is not None and score >= cut_off


@dataclass(frozen=True, slots=True)
class Standing(Generic[K]):
    """What one application brings to the ranking. ``ties`` are its criterion means in the announced order."""

    key: K
    total: Decimal | None
    ties: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked(Generic[K]):
    key: K
    rank: int | None
    tied: bool = field(default=False)
    """Equal in everything to a neighbour: the committee decides the order."""


def rank(standings: Iterable[Standing[K]]) -> list[Ranked[K]]:
    """Best first. Equals share a rank (1, 2, 2, 4) and are marked; those without a total come last."""
    rows = list(standings)
    scored = sorted(
        ((row.total, row.ties, row.key) for row in rows if row.total is not None),
        key=lambda row: (row[0], row[1]),
        reverse=True,
    )
    ranked: list[Ranked[K]] = []
    marks = [(total, ties) for total, ties, _key in scored]
    first = {mark: len(marks) - index for index, mark in enumerate(reversed(marks))}
    how_often = Counter(marks)
    for mark, (_total, _ties, key) in zip(marks, scored, strict=True):
        ranked.append(Ranked(key, first[mark], tied=how_often[mark] > 1))
    ranked.extend(Ranked(row.key, None) for row in rows if row.total is None)
    return ranked
