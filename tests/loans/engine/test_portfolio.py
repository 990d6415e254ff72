"""Many loans at once give the same won as one at a time."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loans.engine import (
    DayCount,
    Frequency,
    Method,
    Payment,
    Prepaying,
    Remainder,
    Rounding,
    RoundingMode,
    Terms,
    build_schedule,
    replay,
)
from loans.engine.portfolio import Portfolio, arrears, cash_by_month, fallen_due, total_interest

from .strategies import any_terms, disbursements

YOUTH = Terms(principal=50_000_000, annual_rate="0.01", start=date(2026, 3, 10), instalments=60, grace=12)
books = st.lists(any_terms(), max_size=8)


def months_of(book):
    """The same by single schedules: (year, month) → principal, interest."""
    principal, interest = Counter(), Counter()
    for terms in book:
        for row in build_schedule(terms).rows:
            principal[row.due.year, row.due.month] += row.principal
            interest[row.due.year, row.due.month] += row.interest
    return principal, interest


def assert_same(book):
    portfolio = Portfolio(book)
    schedules = [build_schedule(terms) for terms in book]
    principal, interest = months_of(book)
    cash = cash_by_month(portfolio)
    assert {(m.year, m.month): m.principal for m in cash if m.principal} == {
        k: v for k, v in principal.items() if v
    }
    assert {(m.year, m.month): m.interest for m in cash if m.interest} == {
        k: v for k, v in interest.items() if v
    }
    assert sum(m.total for m in cash) == sum(s.total for s in schedules)
    assert [(m.year, m.month) for m in cash] == sorted((m.year, m.month) for m in cash)
    assert total_interest(portfolio).tolist() == [s.total_interest for s in schedules]


@given(books)
def test_cash_and_interest_are_the_same_won(book):
    assert_same(book)


@given(books, st.integers(0, 2000), st.data())
def test_arrears_are_the_same_won(book, days, data):
    book = [replace(t, late=None, prepaying=Prepaying.HOLD, prepayment_fee=None) for t in book]
    day = date(2019, 1, 1) + timedelta(days=days)
    paid = [data.draw(st.integers(0, terms.principal)) for terms in book]
    expected = []
    for terms, amount in zip(book, paid, strict=True):
        # Money held that covers the payoff amount closes a loan; below half of all that is to be paid it does not.
        comparable = amount < terms.principal // 2 and not terms.tranches
        money = [Payment(id="p", value_date=terms.start, sequence=9, amount=amount)] if amount else []
        expected.append(replay(terms, disbursements(terms) + money, day).arrears if comparable else None)
    have = arrears(Portfolio(book), paid, day).tolist()
    assert [h for h, e in zip(have, expected, strict=True) if e is not None] == [
        e for e in expected if e is not None
    ]


def test_arrears_of_one_loan_over_time():
    book = Portfolio([YOUTH, replace(YOUTH, principal=10)])
    assert arrears(book, [0, 0], date(2026, 4, 10)).tolist() == [0, 0]
    assert arrears(book, [0, 0], date(2026, 4, 11)).tolist() == [42_465, 0]
    assert arrears(book, [42_400, 0], date(2026, 4, 11)).tolist() == [65, 0]
    assert arrears(book, [42_466, 0], date(2026, 4, 11)).tolist() == [0, 0]
    schedule = build_schedule(YOUTH)
    assert fallen_due(book, date(2040, 1, 1)).tolist()[0] == schedule.total
    assert (
        fallen_due(book, date.fromordinal(schedule.dues[12] + 1)).tolist()[0]
        == sum(schedule.interest[:13]) + 1_041_666
    )


def test_every_method_and_rounding_has_its_column():
    book = [
        replace(YOUTH, method=method, interest_rounding=rounding, principal=principal)
        for method in Method
        for rounding in (
            Rounding(),
            Rounding(unit=10),
            Rounding(RoundingMode.HALF_UP),
            Rounding(RoundingMode.HALF_UP, 100),
            Rounding(RoundingMode.HALF_EVEN),
        )
        for principal in (7, 50_000_000, 299_999_999)
    ]
    book += [
        replace(YOUTH, remainder=Remainder.FIRST),
        replace(YOUTH, annual_rate="0.008", start=date(2027, 12, 31)),
    ]
    assert_same(book)
    portfolio = Portfolio(book)
    assert len(portfolio.others) == 9
    assert sum(len(block.order) for block in portfolio.blocks) == len(book) - 9


def test_amounts_beyond_64_bits_run_alone():
    book = [replace(YOUTH, principal=10**15), replace(YOUTH, principal=2 * 10**9)]
    assert_same(book)
    assert len(Portfolio(book).others) == 2
    assert len(Portfolio(book[1:]).others) == 0


def test_an_empty_book():
    empty = Portfolio([])
    assert cash_by_month(empty) == []
    assert total_interest(empty).tolist() == []
    assert arrears(empty, [], date(2026, 1, 1)).tolist() == []


def test_months_name_themselves():
    first = cash_by_month(Portfolio([YOUTH]))[0]
    assert (first.year, first.month, first.principal, first.interest, first.total) == (
        2026,
        4,
        0,
        42_465,
        42_465,
    )


def test_whatever_runs_alone_is_not_forgotten():
    """Half even and too large at once, and loans that both kinds of arithmetic must clip."""
    even = replace(YOUTH, interest_rounding=Rounding(RoundingMode.HALF_EVEN))
    slow = replace(
        YOUTH, method=Method.EQUAL_PAYMENT, annual_rate="0.5", grace=0, first_due=date(2027, 6, 10)
    )
    coarse = replace(
        YOUTH,
        method=Method.EQUAL_PAYMENT,
        principal=900,
        grace=0,
        instalments=6,
        instalment_rounding=Rounding(RoundingMode.HALF_UP, 200),
    )
    twos = replace(YOUTH, interest_rounding=Rounding(unit=2))
    book = [even, replace(YOUTH, principal=10**15), slow, coarse, twos]
    assert build_schedule(slow).principal[0] == 0
    assert build_schedule(coarse).principal[-1] == 0
    assert_same(book)
    portfolio = Portfolio(book)
    assert [position for position, _ in portfolio.others] == [0, 1]
    day = date.fromordinal(build_schedule(even).dues[0])
    assert fallen_due(portfolio, day).tolist()[0] == 0
    assert fallen_due(portfolio, day + timedelta(days=1)).tolist()[0] == 42_466


def test_a_common_denominator_beyond_what_a_float_holds():
    """Rates of 1/7, 1/11 … 1/43 make one of 58 bits; 7, 11 … 43 won for a year at them cost exactly 1 won."""
    primes = (7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43)
    year = Terms(
        principal=1,
        annual_rate=1,
        start=date(2025, 3, 10),
        instalments=1,
        frequency=Frequency.YEARLY,
        day_count=DayCount.ACT_365F,
    )
    book = Portfolio([replace(year, principal=p, annual_rate=Fraction(1, p)) for p in primes])
    assert [block.den > 2**53 for block in book.blocks] == [True]
    assert total_interest(book).tolist() == [1] * len(primes)


def test_amounts_are_whole_numbers():
    book = Portfolio([YOUTH])
    day = date(2040, 1, 1)
    for column in (
        total_interest(book),
        fallen_due(book, day),
        arrears(book, [5], day),
        arrears(Portfolio([]), [], day),
    ):
        assert column.dtype == np.int64
    assert {type(amount) for month in cash_by_month(book) for amount in month} == {int}
