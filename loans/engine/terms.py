"""What was agreed: the terms of one loan, frozen, exact and complete."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from .checks import check_terms
from .daycount import DayCount
from .duedates import Frequency, Stub, WorkingDay
from .rates import exact_rate
from .rounding import WHOLE_DOWN, Rounding
from .rules import (
    DEFAULT_BANDS,
    LEGAL_ALLOCATION,
    AllocationOrder,
    Band,
    FreeRange,
    LateRule,
    Method,
    Prepaying,
    PrepaymentFee,
    RateStep,
    Remainder,
    Tranche,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of a loan. Amounts are whole minor units (won); rates are exact fractions of a year's
    principal.

    ``instalments`` counts all of them, the ``grace`` ones (거치, principal not yet repaid) included: a year's
    grace and four years monthly are 60 with a grace of 12. The interest of the first ``interest_grace``
    instalments is not lost: it falls due with the instalment after them.

    The first instalment falls due on ``first_due``; without it, on the ``due_day`` (by default the day of
    ``start``) that ``stub`` chooses. ``holidays`` are non-working days besides weekends. Where
    ``interest_follows``, a period ends on the moved due date; otherwise on the anchored one.

    Raises EngineError, naming field and rule, for anything impossible.
    """

    principal: int
    annual_rate: Fraction | Decimal | int | str
    start: date
    instalments: int
    method: Method = Method.EQUAL_PRINCIPAL
    frequency: Frequency = Frequency.MONTHLY
    grace: int = 0
    interest_grace: int = 0
    interest_free: tuple[FreeRange, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    first_due: date | None = None
    due_day: int | None = None
    stub: Stub = Stub.LONG
    working_day: WorkingDay = WorkingDay.FOLLOWING
    interest_follows: bool = False
    holidays: frozenset[date] = frozenset()
    day_count: DayCount = DayCount.ACT_ACT
    interest_rounding: Rounding = WHOLE_DOWN
    instalment_rounding: Rounding = WHOLE_DOWN
    remainder: Remainder = Remainder.LAST
    rate_changes: tuple[RateStep, ...] = ()
    late: LateRule | None = None
    prepayment_fee: PrepaymentFee | None = None
    allocation: AllocationOrder = LEGAL_ALLOCATION
    prepaying: Prepaying = Prepaying.SHORTEN
    bands: tuple[Band, ...] = DEFAULT_BANDS

    def __post_init__(self) -> None:
        object.__setattr__(self, "annual_rate", exact_rate(self.annual_rate, "annual_rate"))
        check_terms(self)

    @property
    def rate(self) -> Fraction:
        """The agreed annual rate at the start."""
        return cast(Fraction, self.annual_rate)  # normalised when the terms were made

    @property
    def is_plain(self) -> bool:
        """One disbursement at one rate: the schedule has a closed form."""
        return not (self.tranches or self.rate_changes or self.interest_free or self.interest_grace)
