"""What a new plan takes over from the old one."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    Acceleration,
    Method,
    Prepaying,
    RateChange,
    Remainder,
    Rescheduling,
    WorkingDay,
    build_schedule,
    replay,
)

from .cases import PAID_OUT, SIMPLE, paid_out, pay
from .test_refusals import refused


def test_the_first_instalment_takes_the_remainder_while_it_is_to_come():
    """600,004 in six; prepaid in the second period, the last one takes what the lower parts leave."""
    terms = replace(
        SIMPLE, principal=600_004, remainder=Remainder.FIRST, prepaying=Prepaying.LOWER, annual_rate=0
    )
    first = pay(date(2025, 2, 10), 100_004)
    rows = replay(terms, [paid_out(terms), first], date(2025, 2, 10)).instalments
    assert [row.principal for row in rows] == [100_004, *[100_000] * 5]
    rows = replay(terms, [paid_out(terms), first, pay(date(2025, 2, 20), 2)], date(2025, 2, 20)).instalments
    assert [row.principal - row.prepaid for row in rows] == [100_004, *[99_999] * 4, 100_002]


def test_a_rate_change_in_the_grace_plans_only_for_what_comes_after_it():
    """The interest accrued so far is the grace's own; the level payments are those of a loan at the new rate."""
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT, grace=2)
    change = RateChange(id="rate", value_date=date(2025, 1, 20), annual_rate="0.073")
    rows = replay(terms, [PAID_OUT, change], date(2025, 1, 20)).instalments
    assert [row.principal for row in rows] == list(
        build_schedule(replace(terms, annual_rate="0.073")).principal
    )


def test_a_shorter_plan_bills_deferred_interest_with_its_last_instalment():
    """Five instalments were to pay no interest; the new plan has two, so the second of them asks for all of it."""
    terms = replace(SIMPLE, interest_grace=5)
    plan = Rescheduling(id="plan", value_date=date(2025, 1, 20), instalments=2)
    rows = replay(terms, [PAID_OUT, plan], date(2025, 1, 20)).instalments
    assert [row.interest for row in rows] == [0, 1860 + 840]


def test_interest_paid_ahead_of_its_deferral_moves_to_where_it_is_billed():
    """600 paid on 20 January for instalment 4; called in on the 30th, it belongs to the one that is left.

    Planned anew, the instalment that takes number 4 has nothing paid.
    """
    terms = replace(SIMPLE, interest_grace=3)
    paid = pay(date(2025, 1, 20), 600)
    call = Acceleration(id="call", value_date=date(2025, 1, 30))
    state = replay(terms, [PAID_OUT, paid, call], date(2025, 1, 30))
    assert (state.instalments[0].interest, state.instalments[0].interest_paid) == (1200, 600)
    assert state.interest_due == 600
    plan = Rescheduling(
        id="plan",
        value_date=date(2025, 1, 30),
        sequence=2,
        instalments=5,
        next_due=date(2025, 3, 10),
        include_arrears=True,
    )
    rows = replay(terms, [PAID_OUT, paid, call, plan], date(2025, 1, 30)).instalments
    assert [row.interest_paid for row in rows] == [600, 0, 0, 0, 0, 0]


def test_a_new_due_date_may_not_be_moved_back_to_the_day_of_the_plan():
    """Sunday 9 March moves to Friday the 7th, the day of the rescheduling itself."""
    terms = replace(SIMPLE, working_day=WorkingDay.PRECEDING)
    plan = Rescheduling(id="plan", value_date=date(2025, 3, 7), instalments=3, next_due=date(2025, 3, 9))
    refused("next_due", "still to come", replay, terms, [PAID_OUT, plan], date(2025, 3, 7))


@pytest.mark.parametrize("method", Method)
def test_a_longer_and_then_a_shorter_plan_repay_all(method):
    terms = replace(SIMPLE, method=method)
    plans = [
        Rescheduling(id=f"plan{n}", value_date=date(2025, 2, 20), sequence=n, instalments=count)
        for n, count in enumerate((12, 3, 7), 1)
    ]
    rows = replay(terms, [PAID_OUT, *plans], date(2025, 2, 20)).instalments
    assert len(rows) == 8
    assert sum(row.principal for row in rows) == 600_000
    assert rows[-1].balance == 0
