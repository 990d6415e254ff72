"""Money that comes before it is due, and what closes a loan."""

from dataclasses import replace
from datetime import date

import pytest

from loans.engine import (
    Component,
    Method,
    Prepaying,
    PrepaymentFee,
    Refund,
    WriteOff,
    payoff,
    replay,
)
from tests.loans.engine.cases import PAID_OUT, SIMPLE, allocated, pay

EXTRA = [PAID_OUT, pay(date(2025, 2, 10), 101_860), pay(date(2025, 2, 20), 150_500, "extra")]


@pytest.mark.parametrize(
    ("effect", "principals"),
    [
        (Prepaying.SHORTEN, [100_000, 250_000, 100_000, 100_000, 50_000]),
        (Prepaying.LOWER, [100_000, 220_000, 70_000, 70_000, 70_000, 70_000]),
        (Prepaying.NEXT, [100_000, 150_000, 50_000, 100_000, 100_000, 100_000]),
    ],
)
def test_a_partial_prepayment_in_each_of_its_three_effects(effect, principals):
    """On 20 February 500 accrued interest is paid first, then 150,000 of principal."""
    state = replay(replace(SIMPLE, prepaying=effect), EXTRA, date(2025, 2, 20))
    assert allocated(state, "extra") == [("interest", 2, 500), ("principal", 2, 150_000)]
    assert [row.principal for row in state.instalments] == principals
    assert state.instalments[1].prepaid == 150_000
    assert state.instalments[1].interest == 500 + 350_000 * 365 * 18 // 3_650_000 == 1130
    assert state.owed.principal == 350_000


@pytest.mark.parametrize(
    ("effect", "amounts"),
    [
        (Prepaying.SHORTEN, [101_055, 251_555, 101_055, 101_055, 49_651]),
        (Prepaying.LOWER, [101_055, 221_217, 70_717, 70_717, 70_717, 70_718]),
        (Prepaying.NEXT, [101_055, 151_132, 50_552, 101_055, 101_055, 101_059]),
    ],
)
def test_a_partial_prepayment_of_a_level_loan(effect, amounts):
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT, prepaying=effect)
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_055), pay(date(2025, 2, 20), 150_500, "extra")]
    state = replay(terms, events, date(2025, 2, 20))
    assert [row.amount for row in state.instalments] == amounts


def test_a_payment_may_say_what_it_does_itself():
    state = replay(
        SIMPLE, [PAID_OUT, pay(date(2025, 1, 20), 60_600, "p", prepaying=Prepaying.LOWER)], date(2025, 1, 20)
    )
    assert [row.principal for row in state.instalments] == [150_000, 90_000, 90_000, 90_000, 90_000, 90_000]


def test_a_debit_and_an_extra_payment_of_one_day_in_either_order():
    """What waits for its due date pays the instalment, the extra 60,000 repay principal: whichever is recorded first."""
    day, terms = date(2025, 2, 10), replace(SIMPLE, prepaying=Prepaying.HOLD)
    for debit, extra in ((1, 2), (2, 1)):
        paid = [
            pay(day, 101_860, "debit", debit),
            pay(day, 60_000, "extra", extra, prepaying=Prepaying.SHORTEN),
        ]
        state = replay(terms, [PAID_OUT, *paid], day)
        assert allocated(state, "debit") == [("interest", 1, 1860), ("principal", 1, 100_000)]
        assert allocated(state, "extra") == [("principal", 2, 60_000)]
        assert state.unapplied == 0


def test_an_extra_payment_leaves_the_money_that_waits():
    """50,000 came early for 10 March; five days later 150,500 more lower the instalments, and only they."""
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_860), pay(date(2025, 2, 15), 50_000, "early")]
    extra = pay(date(2025, 2, 20), 150_500, "extra", prepaying=Prepaying.LOWER)
    state = replay(terms, [*events, extra], extra.value_date)
    assert allocated(state, "extra") == [("interest", 2, 500), ("principal", 2, 150_000)]
    assert state.unapplied == 50_000
    assert [row.principal for row in state.instalments] == [100_000, 220_000, 70_000, 70_000, 70_000, 70_000]
    due = replay(terms, [*events, extra], date(2025, 3, 10))
    assert allocated(due, "early") == [("interest", 2, 630), ("principal", 2, 49_370)]


def test_money_that_waits_and_more_close_the_loan_together():
    """200,000 wait; 300,500 that would have shortened the loan make up the payoff of 500,500."""
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    events = [PAID_OUT, pay(date(2025, 2, 10), 101_860), pay(date(2025, 2, 15), 200_000, "early")]
    for amount, closed in ((300_500, True), (300_499, False)):
        extra = pay(date(2025, 2, 20), amount, "extra", prepaying=Prepaying.SHORTEN)
        state = replay(terms, [*events, extra], extra.value_date)
        assert state.is_closed is closed
        assert state.unapplied == (0 if closed else 200_000)


def test_a_prepayment_smaller_than_the_interest_accrued():
    state = replay(SIMPLE, [PAID_OUT, pay(date(2025, 1, 20), 400, "p")], date(2025, 1, 20))
    assert allocated(state, "p") == [("interest", 1, 400)]
    assert state.interest_accrued == 200
    assert state.instalments[0].interest == 1860


def test_prepayment_fee_falls_with_the_days_left():
    """1.2 % × 140 of 181 days left: of 150,000, 148,621 repay principal and 1,379 are its fee, to the won."""
    rule = PrepaymentFee(rate="0.012")
    state = replay(replace(SIMPLE, prepayment_fee=rule), EXTRA, date(2025, 2, 20))
    assert allocated(state, "extra") == [("interest", 2, 500), ("fee", 0, 1379), ("principal", 2, 148_621)]
    assert 148_621 * 12 * 140 // (1000 * 181) == 1379
    flat = replay(replace(SIMPLE, prepayment_fee=replace(rule, declining=False)), EXTRA, date(2025, 2, 20))
    assert allocated(flat, "extra")[1] == ("fee", 0, 1778)
    for free_from, fee in ((date(2025, 2, 20), 0), (date(2025, 2, 21), 1379)):
        free = replay(
            replace(SIMPLE, prepayment_fee=replace(rule, free_from=free_from)), EXTRA, date(2025, 2, 20)
        )
        assert sum(a.amount for a in free.allocations if a.component is Component.FEE) == fee


def test_prepayments_of_one_day_are_charged_as_one():
    """Ten payments of 99 would each round the fee of 1.2 % down to 1; together they cost what one costs."""
    terms = replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012", declining=False), annual_rate=0)
    ten = [pay(date(2025, 1, 20), 99, f"p{n}", n) for n in range(10)]
    state = replay(terms, [PAID_OUT, *ten], date(2025, 1, 20))
    one = replay(terms, [PAID_OUT, pay(date(2025, 1, 20), 990)], date(2025, 1, 20))
    assert state.owed == one.owed
    assert state.unapplied == one.unapplied
    again = replay(terms, [PAID_OUT, *ten, pay(date(2025, 1, 21), 99, "next day")], date(2025, 1, 21))
    assert allocated(again, "next day") == [("fee", 0, 1), ("principal", 1, 98)]


def test_payoff_by_component():
    quote = payoff(replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012")), [PAID_OUT], date(2025, 2, 20))
    assert (quote.principal, quote.interest, quote.late_interest, quote.fees) == (600_000, 2360, 203, 0)
    assert quote.prepayment_fee == 500_000 * 12 * 140 // (1000 * 181) == 4640
    assert quote.total == quote.gross == 607_203
    held = replay(
        replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012"), prepaying=Prepaying.HOLD),
        [PAID_OUT, pay(date(2025, 2, 20), 607_203)],
        date(2025, 2, 20),
    )
    assert held.is_closed
    short = replay(
        replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012"), prepaying=Prepaying.HOLD),
        [PAID_OUT, pay(date(2025, 2, 20), 607_202)],
        date(2025, 2, 20),
    )
    assert (short.is_closed, short.owed.principal) == (False, 500_000)


def test_payoff_says_its_day_and_asks_no_fee_once_all_is_due():
    terms = replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012", declining=False))
    assert payoff(terms, [PAID_OUT], date(2025, 2, 20)).on == date(2025, 2, 20)
    matured = payoff(terms, [PAID_OUT], date(2025, 7, 10))
    assert (matured.prepayment_fee, matured.principal) == (0, 600_000)
    off = WriteOff(id="off", value_date=date(2025, 2, 20))
    assert payoff(terms, [PAID_OUT, off], date(2025, 2, 20)).total == 0


def test_payoff_takes_money_held_into_account():
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    quote = payoff(terms, [PAID_OUT, pay(date(2025, 1, 20), 1000)], date(2025, 1, 20))
    assert (quote.gross, quote.unapplied, quote.total) == (600_600, 1000, 599_600)
    over = payoff(SIMPLE, [PAID_OUT, pay(date(2025, 1, 20), 601_000)], date(2025, 1, 20))
    assert (over.gross, over.unapplied, over.total) == (0, 400, 0)


def test_overpaid_money_is_kept_and_can_be_refunded():
    events = [PAID_OUT, pay(date(2025, 1, 20), 601_000, "p"), pay(date(2025, 1, 21), 50, "q")]
    refund = Refund(id="back", value_date=date(2025, 1, 22), amount=420)
    state = replay(SIMPLE, [*events, refund], date(2025, 1, 22))
    assert (state.is_closed, state.unapplied, state.refunded, state.received) == (True, 30, 420, 601_050)
    assert len(state.instalments) == 1
