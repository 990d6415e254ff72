"""What happened to a loan. Events are facts: they are never edited, only reversed by a later event.

They are ordered by value date, then sequence (the order of recording), then id. Amounts are positive whole
minor units.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .checks import MOST_INSTALMENTS, is_day, is_whole
from .errors import require
from .rates import exact_rate
from .rules import Component, Prepaying


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Common to all: a unique ``id``, the ``value_date`` it takes effect, the ``sequence`` it was recorded
    in. Raises EngineError, naming field and rule, for anything impossible.
    """

    id: str
    value_date: date
    sequence: int = 0

    def __post_init__(self) -> None:
        require(isinstance(self.id, str) and self.id != "", "id", "must be a text that is not empty")
        require(is_day(self.value_date), "value_date", "must be a date")
        require(is_whole(self.sequence), "sequence", "must be a whole number of 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Money(Event):
    amount: int

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        require(is_whole(self.amount, 1), "amount", "must be a positive whole number of minor units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbursement(_Money):
    """대출실행: money paid out. Several are tranches; together they may not exceed the agreed principal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(_Money):
    """Money received from the borrower. ``prepaying`` overrides, for this payment, what the terms say."""

    prepaying: Prepaying | None = None

    def __post_init__(self) -> None:
        _Money.__post_init__(self)
        known = self.prepaying is None or isinstance(self.prepaying, Prepaying)
        require(known, "prepaying", "must be a Prepaying")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee(_Money):
    """A cost charged to the borrower, due on its value date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(_Money):
    """Fees, interest or late interest forgiven; principal is written off instead. Never more than is due."""

    component: Component
    instalment: int | None = None

    def __post_init__(self) -> None:
        _Money.__post_init__(self)
        allowed = isinstance(self.component, Component) and self.component is not Component.PRINCIPAL
        require(allowed, "component", "must be a Component other than principal")
        numbered = self.instalment is None or is_whole(self.instalment, 1)
        require(numbered, "instalment", "must be an instalment number")
        loan_level = self.component is Component.FEE and self.instalment is not None
        require(not loan_level, "instalment", "does not apply to fees, which belong to the loan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(_Money):
    """Unapplied money given back, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange(Event):
    """From the value date (counted) the loan bears ``annual_rate``; level payments are worked out anew."""

    annual_rate: Fraction

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        object.__setattr__(self, "annual_rate", exact_rate(self.annual_rate, "annual_rate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescheduling(Event):
    """New instalments for the principal not yet due.

    ``instalments`` counts those still to come, the ``grace`` ones included. The first falls due on
    ``next_due``, by default on the date already agreed. With ``include_arrears`` overdue principal joins the
    new plan (interest already due stays due); an acceleration is thereby undone. ``amounts`` may state the
    principal of each.
    """

    instalments: int
    grace: int = 0
    next_due: date | None = None
    include_arrears: bool = False
    amounts: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        possible = is_whole(self.instalments, 1) and self.instalments <= MOST_INSTALMENTS
        require(possible, "instalments", f"must be a positive whole number up to {MOST_INSTALMENTS}")
        fits = is_whole(self.grace) and self.grace < self.instalments
        require(fits, "grace", "must be from 0 to one less than the instalments")
        later = self.next_due is None or (is_day(self.next_due) and self.next_due > self.value_date)
        require(later, "next_due", "must be a date after the rescheduling")
        require(isinstance(self.include_arrears, bool), "include_arrears", "must be true or false")
        if self.amounts is not None:
            valid = isinstance(self.amounts, tuple) and all(map(is_whole, self.amounts))
            require(valid, "amounts", "must be a tuple of whole amounts of 0 or more")
            require(len(self.amounts) == self.instalments, "amounts", "must have one amount per instalment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceleration(Event):
    """기한의 이익 상실: the whole principal and the interest accrued fall due on the value date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff(Event):
    """대손상각: all that is owed leaves the books; nothing accrues any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery(_Money):
    """Money received after the write-off, allocated in the loan's order to what was written off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal(Event):
    """The event ``target`` is treated as if it had never happened, from its own value date on."""

    target: str

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        require(
            isinstance(self.target, str) and self.target != self.id, "target", "must be another event's id"
        )
