"""What must hold of every loan, over random terms and histories."""

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from loans.engine import (
    DayCount,
    EngineError,
    Frequency,
    Method,
    Payment,
    Prepaying,
    RateChange,
    RateStep,
    Recovery,
    Remainder,
    Reversal,
    RoundingMode,
    Stub,
    WorkingDay,
    build_schedule,
    due_dates,
    payoff,
    replay,
)
from loans.engine.grid import grid_of
from loans.engine.schedule import _general_schedule

from .strategies import any_terms, disbursements, histories, plain_terms

END = date(2070, 1, 1)


def picture(state):
    """All that a state says, to compare two of them."""
    return state, state.instalments, state.allocations, state.waivers


def as_of_days(terms, data):
    return terms.start + timedelta(days=data.draw(st.integers(0, 1500), label="as of"))


def rate_on(terms, events, day):
    """The agreed rate on the evening of ``day``."""
    steps = [(step.effective, 0, "", step.annual_rate) for step in terms.rate_changes]
    steps += [(e.value_date, e.sequence, e.id, e.annual_rate) for e in events if isinstance(e, RateChange)]
    return max((step for step in steps if step[0] <= day), default=(terms.rate,))[-1]


# ── schedules ────────────────────────────────────────────────────────────────────────────────────────────────


@given(any_terms())
def test_principal_adds_up_and_the_last_balance_is_zero(terms):
    schedule = build_schedule(terms)
    assert sum(schedule.principal) == terms.principal
    assert schedule.balances[-1] == 0
    assert min(schedule.principal) >= 0
    assert min(schedule.interest) >= 0


@given(plain_terms())
def test_balances_never_rise_nor_fall_below_zero(terms):
    balances = build_schedule(terms).balances
    assert all(a >= b for a, b in pairwise([terms.principal, *balances]))
    assert min(balances) == 0


@given(plain_terms())
def test_closed_form_and_replay_agree(terms):
    """Two ways to the same schedule: arithmetic over columns, and the ledger day by day."""
    fast, slow = build_schedule(terms), _general_schedule(terms)
    assert list(fast.principal) == list(slow.principal)
    assert list(fast.interest) == list(slow.interest)
    assert list(fast.dues) == list(slow.dues)
    assert fast.balances == slow.balances


@given(plain_terms())
def test_interest_is_rounded_once_per_instalment(terms):
    """Each instalment's interest is the exact one of its period, within one rounding."""
    schedule = build_schedule(terms)
    grid = grid_of(terms)
    unit, mode = terms.interest_rounding.unit, terms.interest_rounding.mode
    for opening, weight, interest in zip(
        [terms.principal, *schedule.balances], grid.weights, schedule.interest, strict=False
    ):
        gap = Fraction(opening * weight, grid.days.basis) * terms.rate - interest
        assert 0 <= gap < unit if mode is RoundingMode.DOWN else abs(gap) * 2 <= unit


@given(plain_terms())
def test_last_instalment_differs_by_a_stated_bound(terms):
    """Equal principal: by less than one rounding unit for each of the others, plus one."""
    terms = replace(terms, method=Method.EQUAL_PRINCIPAL, remainder=Remainder.LAST)
    parts = build_schedule(terms).principal[terms.grace :]
    unit = terms.instalment_rounding.unit
    assert len(set(parts[:-1])) <= 1 or parts[-1] == 0  # rounded up, the last ones may be empty
    if parts[-1]:
        assert abs(parts[-1] - parts[0]) < unit * len(parts) + 1


@given(plain_terms(), st.data())
def test_level_payments_are_level(terms, data):
    """Equal payment: all but the last equal, and the last within a bound of the rounding of all of them."""
    terms = replace(
        terms,
        method=Method.EQUAL_PAYMENT,
        remainder=Remainder.LAST,
        principal=terms.principal + 10**6,
        stub=Stub.LONG,
        due_day=None,
        interest_follows=False,
    )
    schedule = build_schedule(terms)
    paid = [i + p for i, p in zip(schedule.interest, schedule.principal, strict=True)][terms.grace :]
    parts = schedule.principal[terms.grace :]
    if all(part > 0 for part in parts):
        assert len(set(paid[:-1])) <= 1
        growth = (1 + terms.rate) ** (len(paid) // terms.frequency.periods_per_year + 2)
        slack = (terms.instalment_rounding.unit + terms.interest_rounding.unit) * len(paid) * growth
        assert abs(paid[-1] - paid[0]) <= slack + terms.interest_rounding.unit


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from([f for f in Frequency if f.months]),
    st.integers(1, 80),
)
def test_due_dates_are_anchored_and_clamped(first, frequency, count):
    dates = due_dates(first, frequency, count)
    for n, due in enumerate(dates):
        months = first.month - 1 + n * frequency.months
        assert (due.year, due.month) == (first.year + months // 12, months % 12 + 1)
        last_of_month = (due.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        assert due.day == min(first.day, last_of_month.day)


@given(plain_terms())
def test_working_day_rule_never_leaves_a_due_date_closed(terms):
    assume(terms.working_day is not WorkingDay.NONE)
    for row in build_schedule(terms).rows:
        assert row.due.weekday() < 5
        assert row.due not in terms.holidays


@given(any_terms(), st.data())
def test_splitting_a_period_adds_no_won(terms, data):
    """A step to the rate that already stands splits a period, and changes nothing: whatever the method."""
    day = terms.start + timedelta(days=data.draw(st.integers(1, 700)))
    assume(all(step.effective != day for step in terms.rate_changes))
    step = RateStep(day, rate_on(terms, [], day))
    steps = sorted([*terms.rate_changes, step], key=lambda step: step.effective)
    whole, parts = build_schedule(terms), build_schedule(replace(terms, rate_changes=tuple(steps)))
    assert list(whole.principal) == list(parts.principal)
    assert list(whole.interest) == list(parts.interest)


@given(st.sampled_from([d for d in DayCount if d is not DayCount.PERIODS]), st.data())
def test_day_counts_telescope(day_count, data):
    from loans.engine import year_fraction

    a, b, c = sorted(
        data.draw(st.lists(st.dates(date(1995, 1, 1), date(2045, 1, 1)), min_size=3, max_size=3))
    )
    (ab, basis), (bc, _), (ac, _) = (
        year_fraction(day_count, a, b),
        year_fraction(day_count, b, c),
        year_fraction(day_count, a, c),
    )
    assert ab + bc == ac
    assert basis > 0


# ── histories ────────────────────────────────────────────────────────────────────────────────────────────────


@given(histories(), st.data())
def test_money_is_neither_made_nor_lost(case, data):
    terms, events = case
    state = replay(terms, events, as_of_days(terms, data))
    allocated = sum(a.amount for a in state.allocations)
    assert allocated + state.unapplied + state.refunded == state.received
    assert state.disbursed - state.principal_outstanding - state.written_off.principal == sum(
        a.amount for a in state.allocations if a.component == "principal"
    )


@given(histories(), st.data())
def test_each_payment_is_allocated_in_full_or_held(case, data):
    terms, events = case
    state = replay(terms, events, as_of_days(terms, data))
    left = 0
    for event in events:
        if isinstance(event, Payment | Recovery) and event.value_date <= state.as_of:
            used = sum(a.amount for a in state.allocations_of(event.id))
            assert 0 <= used <= event.amount
            left += event.amount - used
    assert left == state.unapplied + state.refunded


@given(histories(), st.data())
def test_no_balance_is_ever_negative(case, data):
    terms, events = case
    state = replay(terms, events, as_of_days(terms, data))
    for owed in (state.owed, state.due, state.overdue, state.written_off):
        assert min(owed) >= 0
    assert state.unapplied >= 0
    assert state.days_overdue >= 0
    for row in state.instalments:
        assert min(row.principal, row.interest, row.late_interest) >= 0
        assert (
            min(row.principal_paid, row.interest_paid, row.late_interest_paid, row.waived, row.prepaid) >= 0
        )
        assert row.outstanding >= 0
        assert row.balance >= 0


@given(histories(), st.data())
def test_instalments_repay_exactly_what_was_disbursed(case, data):
    terms, events = case
    state = replay(terms, events, as_of_days(terms, data))
    assert sum(row.principal for row in state.instalments) == state.disbursed
    assert state.instalments[-1].balance == 0


@given(histories(), st.data())
def test_instalments_tell_the_same_as_the_balances(case, data):
    terms, events = case
    state = replay(terms, events, as_of_days(terms, data))
    assume(not state.is_written_off)
    past = [row for row in state.instalments if row.due <= state.as_of and row.is_due]
    assert sum(row.principal - row.principal_paid for row in past) == state.due.principal
    assert sum(row.principal - row.principal_paid for row in state.instalments) == state.principal_outstanding
    assert sum(row.late_interest for row in past) >= state.late_interest
    assert state.due.total <= state.owed.total
    assert state.overdue.total <= state.due.total
    assert (state.days_overdue > 0) <= (state.arrears > 0)


@given(histories(), st.randoms(use_true_random=False), st.data())
def test_insertion_order_does_not_matter(case, rng: random.Random, data):
    terms, events = case
    day = as_of_days(terms, data)
    shuffled = list(events)
    rng.shuffle(shuffled)
    assert picture(replay(terms, shuffled, day)) == picture(replay(terms, events, day))


@given(histories(), st.data())
def test_adding_and_reversing_an_event_restores_the_state(case, data):
    terms, events = case
    assume(events)
    victim = data.draw(st.sampled_from(events))
    without = [event for event in events if event is not victim]
    undo = Reversal(id="undo", value_date=max(e.value_date for e in events), sequence=10**6, target=victim.id)
    try:
        before = replay(terms, without, END)
    except EngineError:
        assume(False)  # something later needs the victim
    assert picture(replay(terms, [*events, undo], END)) == picture(before)
    redo = Reversal(id="redo", value_date=undo.value_date, sequence=10**6 + 1, target="undo")
    assert picture(replay(terms, [*events, undo, redo], END)) == picture(replay(terms, events, END))


@given(histories(), st.data())
def test_a_payoff_quote_paid_on_its_day_closes_the_loan(case, data):
    terms, events = case
    day = as_of_days(terms, data)
    events = [e for e in events if e.value_date <= day]
    state = replay(terms, events, day)
    assume(not state.is_written_off and state.disbursed)
    quote = payoff(terms, events, day)
    assert quote.gross >= state.owed.total
    assume(quote.total)  # otherwise it is closed already, or money held for the next due date covers it
    paid = Payment(id="payoff", value_date=day, sequence=10**6, amount=quote.total)
    state = replay(terms, [*events, paid], day)
    assert state.owed.total == 0
    assert state.unapplied == 0
    assert state.is_closed
    assert replay(terms, [*events, paid], END).owed.total == 0


@given(histories(money_only=True, most=5), st.data())
def test_two_payments_on_a_day_commute(case, data):
    """Whatever each of them does with what is not due yet."""
    terms, events = case
    day = as_of_days(terms, data)
    one, two = (data.draw(st.integers(1, terms.principal // 3 + 2)) for _ in range(2))
    effects = [data.draw(st.sampled_from([None, *Prepaying])) for _ in range(2)]

    def state(first, second):
        pair = [
            Payment(id="one", value_date=day, sequence=10**6 + first, amount=one, prepaying=effects[0]),
            Payment(id="two", value_date=day, sequence=10**6 + second, amount=two, prepaying=effects[1]),
        ]
        return replay(terms, [*events, *pair], day)

    a, b = state(0, 1), state(1, 0)
    assert (a.owed, a.due, a.overdue, a.unapplied) == (b.owed, b.due, b.overdue, b.unapplied)
    assert a.instalments == b.instalments


@given(histories(), st.data())
def test_what_was_reported_on_a_day_stays_true(case, data):
    """Later events, if not backdated, do not change the past."""
    terms, events = case
    day = as_of_days(terms, data)
    known = [e for e in events if e.value_date <= day]
    assert picture(replay(terms, known, day)) == picture(replay(terms, events, day))


@given(histories(), st.data())
def test_looking_in_between_changes_nothing(case, data):
    """A step to the rate that already stands makes the ledger accrue on the way, and nothing else."""
    terms, events = case
    day = as_of_days(terms, data)
    look = RateChange(id="look", value_date=day, sequence=10**6, annual_rate=rate_on(terms, events, day))
    assume(not replay(terms, events, day).is_written_off)
    assert picture(replay(terms, [*events, look], END)) == picture(replay(terms, events, END))


@given(any_terms())
def test_paying_every_instalment_when_due_closes_the_loan(terms):
    schedule = build_schedule(terms)
    paid = [
        Payment(id=f"p{n}", value_date=row.due, sequence=n + 10, amount=row.amount)
        for n, row in enumerate(schedule.rows)
        if row.amount
    ]
    state = replay(terms, [*disbursements(terms), *paid], END)
    assert state.is_closed
    assert state.unapplied == 0
    assert state.received == schedule.total
    assert [row.interest for row in state.instalments] == list(schedule.interest)[: len(state.instalments)]


@given(any_terms())
def test_untouched_loans_follow_their_schedule(terms):
    """Without payments the instalments of the state are those of the schedule; late interest comes on top.

    Rows at the end that the rounding of instalments has left empty are not shown.
    """
    schedule = build_schedule(terms)
    state = replay(terms, disbursements(terms), END)
    shown = [(row.due.toordinal(), row.principal, row.interest, row.balance) for row in state.instalments]
    planned = list(zip(schedule.dues, schedule.principal, schedule.interest, schedule.balances, strict=True))
    assert shown == planned[: len(shown)]
    assert not any(principal or interest for _, principal, interest, _ in planned[len(shown) :])
    assert list(accumulate(schedule.principal))[-1] == terms.principal
