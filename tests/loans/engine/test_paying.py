"""Money in parts: what is left of an instalment, prepayments of one period or day, and their fee."""

from dataclasses import replace
from datetime import date

from loans.engine import (
    Acceleration,
    Fee,
    Method,
    Prepaying,
    PrepaymentFee,
    RateChange,
    RateStep,
    Rescheduling,
    payoff,
    replay,
)

from .cases import PAID_OUT, SIMPLE, allocated, paid_out, pay

FLAT = replace(SIMPLE, annual_rate=0, prepayment_fee=PrepaymentFee(rate="0.012", declining=False))
DAY = date(2025, 1, 20)


def test_interest_paid_in_part_during_the_grace_stays_due():
    """An instalment of interest alone has no principal to pay: that does not settle it."""
    terms = replace(SIMPLE, grace=2)
    events = [PAID_OUT, pay(date(2025, 2, 10), 1000, "some")]
    state = replay(terms, events, date(2025, 2, 11))
    assert (state.interest_due, state.days_overdue) == (860, 1)
    state = replay(terms, [*events, pay(date(2025, 2, 11), 860, "rest")], date(2025, 2, 11))
    assert allocated(state, "rest") == [("interest", 1, 860)]


def test_prepayments_of_one_period_add_up():
    extras = [pay(date(2025, 1, 20), 50_600), pay(date(2025, 1, 30), 30_550)]
    row = replay(SIMPLE, [PAID_OUT, *extras], date(2025, 1, 30)).instalments[0]
    assert (row.prepaid, row.interest_paid) == (50_000 + 30_000, 600 + 550)


def test_a_fee_is_that_of_the_principal_prepaid_and_not_of_a_won_more():
    """1.2 % of 83 is 0.996 and of 84 1.008; 82 and then 1 on one day are 83."""
    state = replay(FLAT, [PAID_OUT, pay(DAY, 83, "p")], DAY)
    assert allocated(state, "p") == [("principal", 1, 83)]
    state = replay(FLAT, [PAID_OUT, pay(DAY, 82, "p"), pay(DAY, 1, "q", 2)], DAY)
    assert allocated(state, "q") == [("principal", 1, 1)]


def test_another_day_begins_a_fee_of_its_own():
    """992 cost 11.904; 98 the day after 1.176, which together would make a second won."""
    events = [PAID_OUT, pay(DAY, 992 + 11, "p"), pay(date(2025, 1, 21), 99, "q")]
    state = replay(FLAT, events, date(2025, 1, 21))
    assert allocated(state, "p") == [("fee", 0, 11), ("principal", 1, 992)]
    assert allocated(state, "q") == [("fee", 0, 1), ("principal", 1, 98)]


def test_an_acceleration_on_the_day_of_a_prepayment_leaves_its_fee_as_it_was():
    """All is due after it, so nothing can be prepaid: the quote asks for no fee and gives none back."""
    terms = replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012"))
    events = [PAID_OUT, pay(DAY, 100_000), Acceleration(id="call", value_date=DAY, sequence=2)]
    quote = payoff(terms, events, DAY)
    assert quote.prepayment_fee == 0
    assert quote.total == replay(terms, events, DAY).owed.total
    at_once = [PAID_OUT, Acceleration(id="call", value_date=SIMPLE.start, sequence=2)]
    assert payoff(terms, at_once, SIMPLE.start).total == 600_000


def test_a_new_plan_begins_a_prepayment_fee_of_its_own():
    """Half of the days left fall away: what was charged before is not given back on what is prepaid after."""
    terms = replace(SIMPLE, annual_rate=0, prepayment_fee=PrepaymentFee(rate="0.012"))
    plan = Rescheduling(id="plan", value_date=DAY, sequence=2, instalments=1)
    events = [PAID_OUT, pay(DAY, 99_999, "p"), plan, pay(DAY, 10_000, "q", 3)]
    state = replay(terms, events, DAY)
    fee, principal = (part[2] for part in allocated(state, "q"))
    assert fee == principal * 12 * 21 // (1000 * 31)
    assert fee + principal == 10_000 - state.unapplied


def test_a_payoff_asks_for_every_component():
    """On 2 March one instalment is overdue and a fee of 5,000 was charged; 1.2 % of what is not due is the fee to leave."""
    terms = replace(SIMPLE, prepayment_fee=PrepaymentFee(rate="0.012", declining=False))
    quote = payoff(terms, [PAID_OUT, Fee(id="fee", value_date=DAY, amount=5000)], date(2025, 3, 2))
    parts = (quote.principal, quote.interest, quote.late_interest, quote.fees, quote.prepayment_fee)
    assert parts == (600_000, 1860 + 1000, 407, 5000, 6000)
    assert quote.total == quote.gross == 614_267


def test_an_agreed_rate_change_comes_before_the_payments_of_its_day():
    """The level payment is worked out anew at 7.3 %; the prepayment then shortens the loan and leaves it level."""
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT, rate_changes=(RateStep(date(2025, 3, 10), "0.073"),))
    paid = [pay(date(2025, 2, 10), 101_055), pay(date(2025, 3, 10), 101_055 + 100_000)]
    rows = replay(terms, [PAID_OUT, *paid], date(2025, 3, 10)).instalments
    assert [row.amount for row in rows[2:4]] == [201_827, 101_827]


def test_deferred_interest_is_paid_before_and_beside_the_level_payment():
    """Whoever pays some of the interest deferred in the grace has the same instalments as who does not."""
    terms = replace(SIMPLE, method=Method.EQUAL_PAYMENT, interest_grace=1)
    change = RateChange(id="rate", value_date=date(2025, 2, 20), annual_rate="0.073")
    due, some = pay(date(2025, 2, 10), 99_195), pay(date(2025, 2, 15), 1000)
    plain = replay(terms, [PAID_OUT, due, change], date(2025, 2, 20)).instalments
    ahead = replay(terms, [PAID_OUT, due, some, change], date(2025, 2, 20)).instalments
    assert ahead[1].interest_paid == 1000
    assert [row.principal for row in ahead] == [row.principal for row in plain]


def test_held_money_stays_held_when_a_loan_is_looked_at_ahead():
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    state = replay(terms, [PAID_OUT, pay(DAY, 50_000)], DAY)
    assert [row.principal_paid for row in state.instalments] == [0] * 6
    assert state.unapplied == 50_000


def test_the_order_of_effects_holds_within_a_day_only():
    """Ten days' interest on the 20th, whatever kind of payment comes on the 30th."""
    extra = pay(date(2025, 1, 20), 100_600, "extra", prepaying=Prepaying.SHORTEN)
    waits = pay(date(2025, 1, 30), 1000, "waits", prepaying=Prepaying.HOLD)
    state = replay(SIMPLE, [PAID_OUT, extra, waits], date(2025, 1, 30))
    assert allocated(state, "extra") == [("interest", 1, 600), ("principal", 1, 100_000)]
    assert (allocated(state, "waits"), state.unapplied) == ([], 1000)


def test_money_of_several_payments_settles_a_loan_the_oldest_first():
    """What waited covers a part of the interest, what closes the loan the rest: 600 in all, not a won more."""
    terms = replace(SIMPLE, prepaying=Prepaying.HOLD)
    events = [PAID_OUT, pay(date(2025, 1, 15), 100, "waits"), pay(DAY, 600_500, "closes")]
    state = replay(terms, events, DAY)
    assert allocated(state, "waits") == [("interest", 1, 100)]
    assert allocated(state, "closes") == [("interest", 1, 500), ("principal", 1, 600_000)]
    assert (state.is_closed, state.unapplied) == (True, 0)


def test_a_loan_of_a_single_won_can_be_settled_too():
    terms = replace(SIMPLE, principal=1, instalments=1, annual_rate=0, prepaying=Prepaying.HOLD)
    assert replay(terms, [paid_out(terms), pay(DAY, 1)], DAY).is_closed


def test_a_rate_that_goes_up_comes_down_again():
    """Ten days at 60 won, ten at 120, eleven at 60: back to the first rate is a step like any other."""
    up = RateChange(id="up", value_date=date(2025, 1, 20), annual_rate="0.073")
    down = RateChange(id="down", value_date=date(2025, 1, 30), annual_rate="0.0365")
    row = replay(SIMPLE, [PAID_OUT, up, down], date(2025, 2, 10)).instalments[0]
    assert row.interest == 600 + 1200 + 660
