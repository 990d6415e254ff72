"""Exact rounding of a non-negative fraction to a multiple of a unit, in integers only."""

from dataclasses import dataclass
from enum import StrEnum

from .errors import require


class RoundingMode(StrEnum):
    """What happens to the part below one unit."""

    DOWN = "down"  # 절사, the custom for interest in Korea
    HALF_UP = "half_up"  # 사사오입
    HALF_EVEN = "half_even"  # banker's rounding


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding rule: a mode and the unit, in minor units, of which results are multiples.

    ``Rounding()`` cuts off below one won (원 미만 절사); ``Rounding(unit=10)`` is the ten-won cut of
    district receipts. Raises EngineError for another mode, or a unit below 1.
    """

    mode: RoundingMode = RoundingMode.DOWN
    unit: int = 1

    def __post_init__(self) -> None:
        require(isinstance(self.mode, RoundingMode), "rounding.mode", "must be a RoundingMode")
        require(
            type(self.unit) is int and self.unit >= 1, "rounding.unit", "must be a whole number of at least 1"
        )

    def linear(self, den: int) -> tuple[int, int] | None:
        """``(add, divisor)`` with ``round(num / den) == (num + add) // divisor * unit``, for column
        arithmetic.

        For half up, adding ⌊divisor/2⌋ is exact for odd divisors too, since numerators are whole. Half even
        has no such form: ``None``.
        """
        divisor = den * self.unit
        if self.mode is RoundingMode.DOWN:
            return 0, divisor
        if self.mode is RoundingMode.HALF_UP:
            return divisor // 2, divisor
        return None

    def round(self, num: int, den: int) -> int:
        """``num / den`` (both exact, ``num`` ≥ 0, ``den`` > 0) as a multiple of ``unit``."""
        divisor = den * self.unit
        if self.mode is RoundingMode.DOWN:
            return num // divisor * self.unit
        if self.mode is RoundingMode.HALF_UP:
            return (num + divisor // 2) // divisor * self.unit
        quotient, rest = divmod(num, divisor)
        up = 2 * rest > divisor or (2 * rest == divisor and quotient % 2 == 1)
        return (quotient + up) * self.unit


WHOLE_DOWN = Rounding()  # 원 미만 절사
