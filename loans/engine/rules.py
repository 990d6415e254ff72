"""The smaller agreements inside a loan's terms: late interest, prepayment, allocation, classification."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from .daycount import DayCount
from .errors import require
from .rates import exact_rate
from .rounding import WHOLE_DOWN, Rounding

LEGAL_CAP = Fraction(1, 5)  # 이자제한법: 20 % a year


class Method(StrEnum):
    """How principal is repaid after the grace."""

    EQUAL_PRINCIPAL = "equal_principal"  # 원금균등
    EQUAL_PAYMENT = "equal_payment"  # 원리금균등
    BULLET = "bullet"  # 만기일시


class Remainder(StrEnum):
    """Which instalment takes the won that equal instalments leave over."""

    LAST = "last"
    FIRST = "first"


class Component(StrEnum):
    """What money can be owed as."""

    FEE = "fee"  # costs (비용)
    LATE_INTEREST = "late_interest"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class LateBase(StrEnum):
    """What late interest is charged on."""

    OVERDUE_PRINCIPAL = "overdue_principal"
    OVERDUE_AMOUNT = "overdue_amount"  # overdue principal and interest, also after acceleration
    WHOLE_PRINCIPAL = (
        "whole_principal"  # the overdue amount; after acceleration the whole principal and only it
    )


class Prepaying(StrEnum):
    """What money paid beyond what is due does."""

    SHORTEN = "shorten"  # same instalments, earlier end: the last ones fall away first
    LOWER = "lower"  # same end, smaller instalments
    NEXT = "next"  # the next instalments' principal is paid ahead, the rest stays
    HOLD = "hold"  # kept unapplied until the next due date, as for a direct debit that arrives early


class Waterfall(StrEnum):
    """Which way money runs through what is due."""

    BY_COMPONENT = (
        "by_component"  # all costs, then all late interest …, oldest first within each (민법 479, 477)
    )
    BY_INSTALMENT = "by_instalment"  # the oldest instalment in full, then the next


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRule:
    """Late interest (연체이자): the agreed rate plus ``spread``, or a fixed ``rate``, never above ``cap``.

    It runs from the due date (counted) to the day of payment (not counted), on ``base``, and is rounded once
    per instalment. Paid within ``grace_days`` after the due date, none is owed; after them it is owed from
    the due date. ``day_count`` defaults to the loan's own, actual/365 fixed where that is whole periods.
    """

    spread: Fraction | None = None
    rate: Fraction | None = None
    cap: Fraction | None = LEGAL_CAP
    base: LateBase = LateBase.WHOLE_PRINCIPAL
    grace_days: int = 0
    rounding: Rounding = WHOLE_DOWN
    day_count: DayCount | None = None

    def __post_init__(self) -> None:
        require(
            (self.spread is None) != (self.rate is None), "late", "needs either a spread or a rate, not both"
        )
        for name in ("spread", "rate", "cap"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, exact_rate(value, f"late.{name}"))
        if self.rate is not None and self.cap is not None:
            require(self.rate <= self.cap, "late.rate", "must not exceed late.cap")
        require(isinstance(self.base, LateBase), "late.base", "must be a LateBase")
        require(
            type(self.grace_days) is int and self.grace_days >= 0, "late.grace_days", "must be 0 or more days"
        )
        require(isinstance(self.rounding, Rounding), "late.rounding", "must be a Rounding")
        known = self.day_count is None or isinstance(self.day_count, DayCount)
        require(known and self.day_count is not DayCount.PERIODS, "late.day_count", "must count days")

    def rate_over(self, agreed: Fraction) -> Fraction:
        """The late rate a year while ``agreed`` is the loan's rate. The cap is part of the rule, by law."""
        rate = agreed + self.spread if self.spread is not None else self.rate
        assert rate is not None  # noqa: S101 - one of the two is set, see __post_init__
        return rate if self.cap is None else min(rate, self.cap)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaymentFee:
    """중도상환수수료: ``rate`` of the principal prepaid, falling with the days left when ``declining``.

    Free on and after ``free_from``. Prepayments of one day under one plan are charged as one, so that
    splitting a payment changes nothing.
    """

    rate: Fraction
    declining: bool = True
    free_from: date | None = None
    rounding: Rounding = WHOLE_DOWN

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", exact_rate(self.rate, "prepayment_fee.rate"))
        require(self.rate < 1, "prepayment_fee.rate", "must be below 100 %")
        require(isinstance(self.declining, bool), "prepayment_fee.declining", "must be true or false")
        day = self.free_from
        require(day is None or type(day) is date, "prepayment_fee.free_from", "must be a date")
        require(isinstance(self.rounding, Rounding), "prepayment_fee.rounding", "must be a Rounding")


LEGAL_ORDER = (Component.FEE, Component.LATE_INTEREST, Component.INTEREST, Component.PRINCIPAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationOrder:
    """The order in which money settles what is due; the default is that of 민법 479 and 477."""

    components: tuple[Component, ...] = LEGAL_ORDER
    run: Waterfall = Waterfall.BY_COMPONENT

    def __post_init__(self) -> None:
        valid = isinstance(self.components, tuple) and sorted(self.components) == sorted(Component)
        require(valid, "allocation.components", "must name each Component once")
        require(isinstance(self.run, Waterfall), "allocation.run", "must be a Waterfall")


LEGAL_ALLOCATION = AllocationOrder()


@dataclass(frozen=True, slots=True)
class RateStep:
    """From ``effective`` (counted) the loan bears ``annual_rate``."""

    effective: date
    annual_rate: Fraction

    def __post_init__(self) -> None:
        require(type(self.effective) is date, "rate_changes.effective", "must be a date")
        object.__setattr__(self, "annual_rate", exact_rate(self.annual_rate, "rate_changes.annual_rate"))


@dataclass(frozen=True, slots=True)
class Tranche:
    """``amount`` (minor units) to be disbursed on ``on``."""

    on: date
    amount: int

    def __post_init__(self) -> None:
        require(type(self.on) is date, "tranches.on", "must be a date")
        require(
            type(self.amount) is int and self.amount > 0, "tranches.amount", "must be a positive whole amount"
        )


@dataclass(frozen=True, slots=True)
class FreeRange:
    """No interest for the days from ``start`` (counted) to ``end`` (not counted)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        require(type(self.start) is date and type(self.end) is date, "interest_free", "must be two dates")
        require(self.start < self.end, "interest_free", "must end after it starts")


class Soundness(StrEnum):
    """자산건전성: the supervisor's classes that days overdue alone can decide.

    From three months 고정 and 회수의문 differ by collateral, which staff judge: the engine says 고정.
    """

    NORMAL = "normal"  # 정상, under a month
    PRECAUTIONARY = "precautionary"  # 요주의, one to three months
    SUBSTANDARD = "substandard"  # 고정, from three months
    DOUBTFUL = "doubtful"  # 회수의문
    ESTIMATED_LOSS = "estimated_loss"  # 추정손실, from twelve months


@dataclass(frozen=True, slots=True)
class Band:
    """``label`` applies from ``days`` days overdue."""

    days: int
    label: str

    def __post_init__(self) -> None:
        require(type(self.days) is int and self.days >= 0, "bands.days", "must be 0 or more")
        require(isinstance(self.label, str) and self.label != "", "bands.label", "must not be empty")


DEFAULT_BANDS = (
    Band(0, Soundness.NORMAL),
    Band(30, Soundness.PRECAUTIONARY),
    Band(90, Soundness.SUBSTANDARD),
    Band(365, Soundness.ESTIMATED_LOSS),
)


def classify(days_overdue: int, bands: tuple[Band, ...] = DEFAULT_BANDS) -> str:
    """The label of the last band that ``days_overdue`` has reached (자산건전성). EngineError below 0."""
    require(days_overdue >= 0, "days_overdue", "must be 0 or more")
    return [band.label for band in bands if band.days <= days_overdue][-1]
