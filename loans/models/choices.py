"""The engine's words, as people read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from loans.engine import (
    Component,
    DayCount,
    Frequency,
    LateBase,
    Method,
    Prepaying,
    Soundness,
    Waterfall,
    WorkingDay,
)

Choices = list[tuple[str, Any]]


def _choices(labels: dict[Any, Any]) -> Choices:
    return [(key.value, label) for key, label in labels.items()]


METHODS = _choices(
    {
        Method.EQUAL_PRINCIPAL: _("Equal principal"),
        Method.EQUAL_PAYMENT: _("Equal payments"),
        Method.BULLET: _("All principal at the end"),
    }
)
FREQUENCIES = _choices(
    {
        Frequency.MONTHLY: _("every month"),
        Frequency.QUARTERLY: _("every three months"),
        Frequency.HALF_YEARLY: _("every half-year"),
        Frequency.YEARLY: _("every year"),
    }
)
DAY_COUNTS = _choices(
    {
        DayCount.ACT_ACT: _("actual days / 365, 366 in a leap year"),
        DayCount.ACT_365F: _("actual days / 365"),
        DayCount.ACT_360: _("actual days / 360"),
        DayCount.THIRTY_360: _("30-day months / 360"),
        DayCount.PERIODS: _("whole periods"),
    }
)
WORKING_DAYS = _choices(
    {
        WorkingDay.NONE: _("stays"),
        WorkingDay.FOLLOWING: _("moves to the next working day"),
        WorkingDay.MODIFIED_FOLLOWING: _("moves to the next working day of the month, else the one before"),
        WorkingDay.PRECEDING: _("moves to the working day before"),
    }
)
LATE_BASES = _choices(
    {
        LateBase.OVERDUE_PRINCIPAL: _("the overdue principal"),
        LateBase.OVERDUE_AMOUNT: _("the overdue principal and interest"),
        LateBase.WHOLE_PRINCIPAL: _("the overdue amount; after acceleration the whole principal"),
    }
)
WATERFALLS = _choices(
    {
        Waterfall.BY_COMPONENT: _("by kind, the oldest first within each"),
        Waterfall.BY_INSTALMENT: _("by instalment, the oldest first"),
    }
)
PREPAYINGS = _choices(
    {
        Prepaying.HOLD: _("is kept for the next instalment"),
        Prepaying.NEXT: _("pays the next instalments' principal ahead"),
        Prepaying.SHORTEN: _("makes the loan end sooner"),
        Prepaying.LOWER: _("makes the coming instalments smaller"),
    }
)
COMPONENTS = _choices(
    {
        Component.FEE: _("Costs"),
        Component.LATE_INTEREST: _("Late interest"),
        Component.INTEREST: _("Interest"),
        Component.PRINCIPAL: _("Principal"),
    }
)
SOUNDNESS = _choices(
    {
        Soundness.NORMAL: _("Normal"),
        Soundness.PRECAUTIONARY: _("Precautionary"),
        Soundness.SUBSTANDARD: _("Substandard"),
        Soundness.DOUBTFUL: _("Doubtful"),
        Soundness.ESTIMATED_LOSS: _("Estimated loss"),
    }
)
