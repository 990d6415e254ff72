"""The loan engine: terms → schedule, terms and events → state. Pure: no clock, no database, no float near
money.

Amounts are whole minor units (won). See docs/lending-conventions.md for every convention with a worked
example.
"""

from .apr import apr, unit_period_rate
from .codec import event_from_dict, event_to_dict, from_dict, to_dict
from .daycount import DayCount, year_fraction
from .duedates import Frequency, Stub, WorkingDay, due_dates, is_working_day
from .errors import EngineError
from .events import (
    Acceleration,
    Disbursement,
    Event,
    Fee,
    Payment,
    RateChange,
    Recovery,
    Refund,
    Rescheduling,
    Reversal,
    Waiver,
    WriteOff,
)
from .quotes import Quote, payoff
from .replay import replay
from .rounding import Rounding, RoundingMode
from .rules import (
    DEFAULT_BANDS,
    AllocationOrder,
    Band,
    Component,
    FreeRange,
    LateBase,
    LateRule,
    Method,
    Prepaying,
    PrepaymentFee,
    RateStep,
    Remainder,
    Soundness,
    Tranche,
    Waterfall,
    classify,
)
from .schedule import Instalment, Schedule, build_schedule
from .state import Allocation, InstalmentState, LoanState, Owed, allocation_diff
from .terms import Terms

__all__ = [
    "DEFAULT_BANDS",
    "Acceleration",
    "Allocation",
    "AllocationOrder",
    "Band",
    "Component",
    "DayCount",
    "Disbursement",
    "EngineError",
    "Event",
    "Fee",
    "FreeRange",
    "Frequency",
    "Instalment",
    "InstalmentState",
    "LateBase",
    "LateRule",
    "LoanState",
    "Method",
    "Owed",
    "Payment",
    "Prepaying",
    "PrepaymentFee",
    "Quote",
    "RateChange",
    "RateStep",
    "Recovery",
    "Refund",
    "Remainder",
    "Rescheduling",
    "Reversal",
    "Rounding",
    "RoundingMode",
    "Schedule",
    "Soundness",
    "Stub",
    "Terms",
    "Tranche",
    "Waiver",
    "Waterfall",
    "WorkingDay",
    "WriteOff",
    "allocation_diff",
    "apr",
    "build_schedule",
    "classify",
    "due_dates",
    "event_from_dict",
    "event_to_dict",
    "from_dict",
    "is_working_day",
    "payoff",
    "replay",
    "to_dict",
    "unit_period_rate",
    "year_fraction",
]
