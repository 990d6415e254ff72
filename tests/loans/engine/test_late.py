"""Late interest when instalments and days do not come one after the other."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    AllocationOrder,
    Component,
    Fee,
    LateRule,
    Waiver,
    WorkingDay,
    WriteOff,
    replay,
)

from .cases import PAID_OUT, SIMPLE, allocated, paid_out, pay

LATE_LAST = AllocationOrder(
    components=(Component.FEE, Component.PRINCIPAL, Component.INTEREST, Component.LATE_INTEREST)
)


def test_looking_between_a_period_end_and_its_moved_due_date_counts_no_day_twice():
    """Instalment 1 is overdue since February; on Sunday 11 May the one of Saturday is fixed, but not yet due."""
    terms = replace(SIMPLE, working_day=WorkingDay.FOLLOWING)
    fee = Fee(id="fee", value_date=date(2025, 5, 11), amount=10)
    for events in ([PAID_OUT], [PAID_OUT, fee]):
        rows = replay(terms, events, date(2025, 5, 13)).instalments
        assert rows[0].late_interest == 101_860 * 73 * 92 // 365_000 == 1874
        assert rows[3].late_interest == 100_900 * 73 * 1 // 365_000 == 20


@pytest.mark.parametrize(("day", "late"), [(12, 0), (15, 0), (16, 201)])
def test_an_instalment_settled_in_its_grace_days_owes_nothing_while_an_older_one_is_open(day, late):
    """Interest of 168,000 due on 10 March is waived; that of February stays open. Five days of grace end on the 15th."""
    terms = replace(
        SIMPLE,
        principal=60_000_000,
        grace=3,
        late=LateRule(spread="0.0365", grace_days=5),
        annual_rate="0.0365",
    )
    waived = Waiver(
        id="w", value_date=date(2025, 3, day), amount=168_000, component=Component.INTEREST, instalment=2
    )
    rows = replay(terms, [paid_out(terms), waived], date(2025, 3, 31)).instalments
    assert rows[0].late_interest == 186_000 * 73 * 49 // 365_000
    assert rows[1].late_interest == late
    assert late in {0, 168_000 * 73 * 6 // 365_000}


def test_late_interest_alone_can_be_open():
    """Paid last, the 407 won are all that is left of the instalment, and the next payment settles them."""
    terms = replace(SIMPLE, allocation=LATE_LAST)
    late = pay(date(2025, 3, 2), 101_860, "late")
    state = replay(terms, [PAID_OUT, late], date(2025, 3, 5))
    assert (state.due.total, state.late_interest, state.days_overdue) == (407, 407, 0)
    state = replay(terms, [PAID_OUT, late, pay(date(2025, 3, 5), 407, "rest")], date(2025, 3, 5))
    assert (allocated(state, "rest"), state.due.total) == ([("late_interest", 1, 407)], 0)


def test_late_interest_alone_can_be_written_off():
    """The last instalment was paid a day late: 20 won are left."""
    terms = replace(SIMPLE, allocation=LATE_LAST, instalments=1)
    paid = pay(date(2025, 2, 11), 601_860)
    off = WriteOff(id="off", value_date=date(2025, 2, 11), sequence=2)
    state = replay(terms, [PAID_OUT, paid, off], date(2025, 2, 11))
    assert state.written_off.late_interest == state.written_off.total == 601_860 * 73 // 365_000 == 120
