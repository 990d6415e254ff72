"""Impossible terms and events are refused by an error that names field and rule; nothing is clipped."""

import pickle
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from loans.engine import (
    Acceleration,
    AllocationOrder,
    Band,
    Component,
    DayCount,
    Disbursement,
    EngineError,
    Event,
    Fee,
    FreeRange,
    Frequency,
    LateRule,
    Method,
    Payment,
    PrepaymentFee,
    RateChange,
    RateStep,
    Recovery,
    Refund,
    Remainder,
    Rescheduling,
    Reversal,
    Rounding,
    RoundingMode,
    Terms,
    Tranche,
    Waiver,
    WorkingDay,
    WriteOff,
    apr,
    build_schedule,
    classify,
    replay,
    unit_period_rate,
    year_fraction,
)
from loans.engine.portfolio import Portfolio, arrears

START = date(2025, 1, 10)
GOOD = Terms(principal=600_000, annual_rate="0.0365", start=START, instalments=6)
OUT = Disbursement(id="out", value_date=START, amount=600_000)


def refused(field, rule, make, *args, **changes):
    with pytest.raises(EngineError) as caught:
        make(*args, **changes)
    assert caught.value.field == field
    assert rule in caught.value.rule
    assert caught.value.rule.split()[0] in {
        "must",
        "needs",
        "can",
        "does",
        "whole",
    }  # a rule is a sentence about the field
    assert str(caught.value) == f"{caught.value.field}: {caught.value.rule}"


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"principal": 0}, "principal", "positive whole"),
        ({"principal": -1}, "principal", "positive whole"),
        ({"principal": 1.0}, "principal", "positive whole"),
        ({"principal": True}, "principal", "positive whole"),
        ({"annual_rate": 0.01}, "annual_rate", "floats are not exact"),
        ({"annual_rate": True}, "annual_rate", "floats are not exact"),
        ({"annual_rate": None}, "annual_rate", "must be a Fraction"),
        ({"annual_rate": "one"}, "annual_rate", "must be a Fraction"),
        ({"annual_rate": "1/0"}, "annual_rate", "must be a Fraction"),
        ({"annual_rate": Decimal("inf")}, "annual_rate", "must be a Fraction"),
        ({"annual_rate": Decimal("nan")}, "annual_rate", "must be a Fraction"),
        ({"annual_rate": "-0.01"}, "annual_rate", "must not be negative"),
        ({"instalments": 0}, "instalments", "from 1 to 1200"),
        ({"instalments": 1201}, "instalments", "from 1 to 1200"),
        ({"instalments": "6"}, "instalments", "from 1 to 1200"),
        ({"grace": 6}, "grace", "less than the instalments"),
        ({"grace": -1}, "grace", "less than the instalments"),
        ({"interest_grace": 6}, "interest_grace", "less than the instalments"),
        ({"method": "bullet"}, "method", "must be a Method"),
        ({"frequency": "monthly"}, "frequency", "must be a Frequency"),
        ({"stub": "long"}, "stub", "must be a Stub"),
        ({"working_day": "none"}, "working_day", "must be a WorkingDay"),
        ({"interest_follows": 1}, "interest_follows", "must be a bool"),
        ({"holidays": {START}}, "holidays", "must be a frozenset"),
        ({"holidays": frozenset({"2025-01-01"})}, "holidays", "must be dates"),
        ({"day_count": "act/act"}, "day_count", "must be a DayCount"),
        ({"interest_rounding": 1}, "interest_rounding", "must be a Rounding"),
        ({"instalment_rounding": 1}, "instalment_rounding", "must be a Rounding"),
        ({"remainder": "last"}, "remainder", "must be a Remainder"),
        ({"late": 1}, "late", "LateRule | None"),
        ({"prepayment_fee": 1}, "prepayment_fee", "PrepaymentFee | None"),
        ({"allocation": 1}, "allocation", "must be a AllocationOrder"),
        ({"prepaying": "lower"}, "prepaying", "must be a Prepaying"),
        ({"start": "2025-01-10"}, "start", "years 1900 to 2999"),
        ({"start": datetime(2025, 1, 10)}, "start", "years 1900 to 2999"),  # noqa: DTZ001
        ({"start": date(1899, 12, 31)}, "start", "years 1900 to 2999"),
        ({"start": date(3000, 1, 1)}, "start", "years 1900 to 2999"),
        ({"due_day": 0}, "due_day", "from 1 to 31"),
        ({"due_day": 32}, "due_day", "from 1 to 31"),
        ({"due_day": 5, "frequency": Frequency.WEEKLY}, "due_day", "counted in months"),
        ({"first_due": START}, "first_due", "after the start"),
        ({"first_due": "soon"}, "first_due", "after the start"),
        ({"first_due": date(2025, 2, 11), "due_day": 10}, "first_due", "on the due day"),
        ({"day_count": DayCount.PERIODS, "interest_follows": True}, "interest_follows", "whole periods"),
        (
            {"remainder": Remainder.FIRST, "method": Method.EQUAL_PAYMENT},
            "remainder",
            "equal principal rounded down",
        ),
        (
            {"remainder": Remainder.FIRST, "method": Method.BULLET},
            "remainder",
            "equal principal rounded down",
        ),
        (
            {"remainder": Remainder.FIRST, "instalment_rounding": Rounding(RoundingMode.HALF_UP)},
            "remainder",
            "equal principal rounded down",
        ),
        ({"tranches": [Tranche(START, 600_000)]}, "tranches", "tuple of Tranche"),
        ({"tranches": (1,)}, "tranches", "tuple of Tranche"),
        ({"tranches": (Tranche(date(2025, 1, 11), 600_000),)}, "tranches", "begin on the start"),
        ({"tranches": (Tranche(START, 599_999),)}, "tranches", "add up"),
        ({"tranches": (Tranche(START, 300_000), Tranche(START, 300_000))}, "tranches", "must rise"),
        ({"rate_changes": (RateStep(START, 0),)}, "rate_changes", "the first after the start"),
        (
            {"rate_changes": (RateStep(date(2026, 1, 1), 0), RateStep(date(2025, 6, 1), 0))},
            "rate_changes",
            "must rise",
        ),
        ({"rate_changes": [RateStep(date(2026, 1, 1), 0)]}, "rate_changes", "tuple of RateStep"),
        (
            {
                "interest_free": (
                    FreeRange(START, date(2025, 2, 1)),
                    FreeRange(date(2025, 1, 31), date(2025, 3, 1)),
                )
            },
            "interest_free",
            "not overlap",
        ),
        ({"interest_free": (START,)}, "interest_free", "tuple of FreeRange"),
        ({"bands": ()}, "bands", "begin at 0"),
        ({"bands": (Band(1, "x"),)}, "bands", "begin at 0"),
        ({"bands": (Band(0, "x"), Band(0, "y"))}, "bands", "rise"),
        ({"bands": ("x",)}, "bands", "tuple of Band"),
    ],
)
def test_impossible_terms(changes, field, rule):
    refused(field, rule, replace, GOOD, **changes)


@pytest.mark.parametrize(
    ("make", "args", "field", "rule"),
    [
        (Rounding, {"mode": "down"}, "rounding.mode", "RoundingMode"),
        (Rounding, {"unit": 0}, "rounding.unit", "at least 1"),
        (Rounding, {"unit": 1.0}, "rounding.unit", "at least 1"),
        (LateRule, {}, "late", "either a spread or a rate"),
        (LateRule, {"spread": 0, "rate": 0}, "late", "either a spread or a rate"),
        (LateRule, {"spread": 0.03}, "late.spread", "floats"),
        (LateRule, {"rate": -1}, "late.rate", "negative"),
        (LateRule, {"spread": 0, "cap": 0.2}, "late.cap", "floats"),
        (LateRule, {"rate": "0.21"}, "late.rate", "must not exceed"),
        (LateRule, {"spread": 0, "base": "x"}, "late.base", "LateBase"),
        (LateRule, {"spread": 0, "grace_days": -1}, "late.grace_days", "0 or more"),
        (LateRule, {"spread": 0, "grace_days": 1.5}, "late.grace_days", "0 or more"),
        (LateRule, {"spread": 0, "rounding": 1}, "late.rounding", "Rounding"),
        (LateRule, {"spread": 0, "day_count": "act/act"}, "late.day_count", "count days"),
        (LateRule, {"spread": 0, "day_count": DayCount.PERIODS}, "late.day_count", "count days"),
        (PrepaymentFee, {"rate": 0.1}, "prepayment_fee.rate", "floats"),
        (PrepaymentFee, {"rate": 1}, "prepayment_fee.rate", "below 100 %"),
        (PrepaymentFee, {"rate": 0, "declining": 1}, "prepayment_fee.declining", "true or false"),
        (PrepaymentFee, {"rate": 0, "free_from": "x"}, "prepayment_fee.free_from", "date"),
        (PrepaymentFee, {"rate": 0, "rounding": 1}, "prepayment_fee.rounding", "Rounding"),
        (AllocationOrder, {"components": (Component.FEE,)}, "allocation.components", "each Component once"),
        (AllocationOrder, {"components": list(Component)}, "allocation.components", "each Component once"),
        (AllocationOrder, {"run": "x"}, "allocation.run", "Waterfall"),
        (RateStep, {"effective": "x", "annual_rate": 0}, "rate_changes.effective", "date"),
        (RateStep, {"effective": START, "annual_rate": 0.1}, "rate_changes.annual_rate", "floats"),
        (Tranche, {"on": "x", "amount": 1}, "tranches.on", "date"),
        (Tranche, {"on": START, "amount": 0}, "tranches.amount", "positive"),
        (FreeRange, {"start": START, "end": START}, "interest_free", "end after"),
        (FreeRange, {"start": START, "end": "x"}, "interest_free", "two dates"),
        (Band, {"days": -1, "label": "x"}, "bands.days", "0 or more"),
        (Band, {"days": 0, "label": ""}, "bands.label", "empty"),
        (Payment, {"id": "", "value_date": START, "amount": 1}, "id", "not empty"),
        (Payment, {"id": 1, "value_date": START, "amount": 1}, "id", "text"),
        (Payment, {"id": "p", "value_date": "x", "amount": 1}, "value_date", "date"),
        (Payment, {"id": "p", "value_date": START, "sequence": -1, "amount": 1}, "sequence", "0 or more"),
        (Payment, {"id": "p", "value_date": START, "amount": 0}, "amount", "positive"),
        (Payment, {"id": "p", "value_date": START, "amount": 1.5}, "amount", "positive"),
        (Payment, {"id": "p", "value_date": START, "amount": 1, "prepaying": "x"}, "prepaying", "Prepaying"),
        (
            Waiver,
            {"id": "w", "value_date": START, "amount": 0, "component": Component.FEE},
            "amount",
            "positive",
        ),
        (
            Waiver,
            {"id": "w", "value_date": START, "amount": 1, "component": Component.PRINCIPAL},
            "component",
            "must be a Component other than principal",
        ),
        (Waiver, {"id": "w", "value_date": START, "amount": 1, "component": "fee"}, "component", "other"),
        (
            Waiver,
            {"id": "w", "value_date": START, "amount": 1, "component": Component.INTEREST, "instalment": 0},
            "instalment",
            "number",
        ),
        (
            Waiver,
            {"id": "w", "value_date": START, "amount": 1, "component": Component.FEE, "instalment": 1},
            "instalment",
            "belong to the loan",
        ),
        (RateChange, {"id": "r", "value_date": START, "annual_rate": 0.1}, "annual_rate", "floats"),
        (Rescheduling, {"id": "s", "value_date": START, "instalments": 0}, "instalments", "positive"),
        (Rescheduling, {"id": "s", "value_date": START, "instalments": 1201}, "instalments", "1200"),
        (Rescheduling, {"id": "s", "value_date": START, "instalments": 2, "grace": 2}, "grace", "less than"),
        (
            Rescheduling,
            {"id": "s", "value_date": START, "instalments": 2, "next_due": START},
            "next_due",
            "after",
        ),
        (
            Rescheduling,
            {"id": "s", "value_date": START, "instalments": 2, "next_due": "x"},
            "next_due",
            "after",
        ),
        (
            Rescheduling,
            {"id": "s", "value_date": START, "instalments": 2, "include_arrears": 1},
            "include_arrears",
            "true",
        ),
        (
            Rescheduling,
            {"id": "s", "value_date": START, "instalments": 2, "amounts": [1, 2]},
            "amounts",
            "tuple",
        ),
        (
            Rescheduling,
            {"id": "s", "value_date": START, "instalments": 2, "amounts": (1, -2)},
            "amounts",
            "whole",
        ),
        (
            Rescheduling,
            {"id": "s", "value_date": START, "instalments": 2, "amounts": (1,)},
            "amounts",
            "one amount per",
        ),
        (Reversal, {"id": "r", "value_date": START, "target": "r"}, "target", "another"),
        (Reversal, {"id": "r", "value_date": START, "target": 1}, "target", "another"),
    ],
)
def test_impossible_agreements_and_events(make, args, field, rule):
    refused(field, rule, make, **args)


def at(day, make, name="x", sequence=5, **more):
    return make(id=name, value_date=date(2025, *day), sequence=sequence, **more)


CALL = at((2, 20), Acceleration, "call")
OFF = at((2, 20), WriteOff, "off")


@pytest.mark.parametrize(
    ("events", "field", "rule"),
    [
        ([at((1, 9), Payment, amount=1)], "value_date", "before the start"),
        ([OUT, at((1, 11), Disbursement, amount=1)], "amount", "above the agreed principal"),
        ([replace(OUT, amount=1), CALL, at((2, 21), Disbursement, amount=1)], "value_date", "not called in"),
        (
            [replace(OUT, amount=1), at((7, 10), Disbursement, amount=1)],
            "value_date",
            "before the last due date",
        ),
        ([OUT, OUT], "id", "unique"),
        ([OUT, at((2, 21), Event)], "type", "kinds of events"),
        ([OUT, OFF, at((2, 21), Payment, amount=1)], "type", "written off"),
        ([OUT, OFF, at((2, 21), WriteOff)], "type", "written off"),
        ([OUT, OFF, at((2, 21), Fee, amount=1)], "type", "written off"),
        ([OUT, CALL, at((2, 21), Acceleration)], "type", "twice"),
        ([CALL], "type", "follow a disbursement"),
        ([OFF], "type", "something left"),
        ([OUT, at((2, 21), Recovery, amount=1)], "type", "follow a write-off"),
        ([OUT, at((2, 21), Refund, amount=1)], "amount", "unapplied"),
        ([OUT, at((2, 10), Waiver, amount=1, component=Component.LATE_INTEREST)], "amount", "not exceed"),
        ([OUT, at((2, 10), Waiver, amount=1861, component=Component.INTEREST)], "amount", "not exceed"),
        (
            [OUT, at((2, 10), Waiver, amount=1, component=Component.INTEREST, instalment=2)],
            "instalment",
            "fallen due",
        ),
        ([OUT, at((2, 10), Waiver, amount=1, component=Component.FEE)], "amount", "not exceed"),
        ([OUT, at((7, 10), Rescheduling, instalments=3)], "type", "not yet due"),
        ([OUT, at((7, 10), Rescheduling, instalments=3, include_arrears=True)], "none", ""),
        (
            [OUT, at((8, 10), Rescheduling, instalments=3, include_arrears=True, next_due=date(2025, 8, 11))],
            "none",
            "",
        ),
        ([OUT, at((2, 20), Rescheduling, instalments=2, amounts=(1, 2))], "amounts", "500000"),
        ([OUT, at((2, 20), Reversal, target="nobody")], "target", "of this loan"),
        ([at((2, 20), Reversal, target="nobody")], "target", "of this loan"),
        ([OUT, at((1, 10), Reversal, sequence=0, name="a", target="out")], "target", "before its reversal"),
        (
            [OUT, at((2, 20), Reversal, target="out"), at((2, 21), Reversal, "y", target="out")],
            "target",
            "already",
        ),
    ],
)
def test_impossible_histories(events, field, rule):
    day = date(2025, 9, 1)
    if field == "none":
        assert replay(GOOD, events, day).disbursed == 600_000
    else:
        refused(field, rule, replay, GOOD, events, day)


def test_a_matured_loan_needs_a_date_for_its_new_plan():
    terms = replace(
        GOOD, working_day=WorkingDay.PRECEDING, first_due=date(2025, 2, 9)
    )  # due Friday 7 February
    late = at((2, 7), Rescheduling, instalments=3, next_due=date(2025, 2, 9))
    refused("next_due", "still to come", replay, terms, [OUT, late], date(2025, 3, 1))
    moved_back = at((2, 8), Rescheduling, instalments=3, next_due=date(2025, 2, 9))
    refused("next_due", "still to come", replay, terms, [OUT, moved_back], date(2025, 3, 1))


def test_calendars_and_dates_without_a_way_out():
    shut = frozenset(date.fromordinal(date(2025, 2, 1).toordinal() + n) for n in range(70))
    refused("holidays", "within 60 days", build_schedule, replace(GOOD, holidays=shut))
    sunday = replace(
        GOOD, start=date(2025, 2, 7), first_due=date(2025, 2, 9), working_day=WorkingDay.PRECEDING
    )
    refused("first_due", "to the start", build_schedule, sunday)


def test_other_functions_refuse_too():
    assert apr(GOOD, [(START, 0)]) == apr(GOOD)  # no fee is a fee of 0
    refused("days_overdue", "0 or more", classify, -1)
    refused("day_count", "due dates", year_fraction, DayCount.PERIODS, START, START)
    refused("fees", "before the start", apr, GOOD, [(date(2025, 1, 9), 1)])
    refused("fees", "before the start", apr, GOOD, [("2025-01-10", 1)])
    refused("fees", "whole amounts", apr, GOOD, [(START, 0.5)])
    refused("fees", "whole amounts", apr, GOOD, [(START, -1)])
    refused("fees", "less than what", apr, GOOD, [(START, 600_000)])
    refused("fees", "cost of 0", unit_period_rate, Decimal(100), [(1, Decimal(0), Decimal(99))])
    book = Portfolio([GOOD, GOOD])
    for received in ([1], [1, -1], [1, 1.5], [1, "1"], [1, 10**20]):
        refused("received", "one whole amount", arrears, book, received, START)


def test_an_error_survives_pickling():
    error = pickle.loads(pickle.dumps(EngineError("principal", "must be positive")))  # noqa: S301
    assert (error.field, error.rule) == ("principal", "must be positive")
    assert isinstance(error, ValueError)


@pytest.mark.parametrize("rate", [Fraction(3, 200), Decimal("0.015"), "0.015", "3/200", "1.5e-2"])
def test_a_rate_is_exact_however_it_is_written(rate):
    assert replace(GOOD, annual_rate=rate).rate == Fraction(15, 1000)
    assert replace(GOOD, annual_rate=1).rate == 1
