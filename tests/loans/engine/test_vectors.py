"""Figures from other people's public test suites, recomputed independently. No vector is edited.

Amounts in the file have two decimals, so a minor unit here is a hundredth. Each vector is either checked by the
function named in ``CHECKS`` or listed in ``SKIPPED`` with the reason.
"""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from loans.engine import (
    AllocationOrder,
    Band,
    Component,
    DayCount,
    Disbursement,
    Fee,
    Frequency,
    LateBase,
    LateRule,
    Method,
    Payment,
    Prepaying,
    RateChange,
    Rescheduling,
    Reversal,
    Rounding,
    RoundingMode,
    Terms,
    Tranche,
    WorkingDay,
    build_schedule,
    due_dates,
    payoff,
    replay,
    unit_period_rate,
    year_fraction,
)

VECTORS = {
    v["id"]: v for v in json.loads((Path(__file__).parent / "vectors" / "loans.json").read_text())["vectors"]
}

SKIPPED = {
    "A09": "moves the rest of a period's interest to the next instalment after an early payment; ours falls due with its own",
    "A12": "rounds each part of a split period (0.18 + 1.84); ours rounds once per instalment (2.01)",
    "B10": "re-solves the level payment after every payment; ours changes only when something is prepaid or agreed",
    "B13": "starts from a level payment of another rule (862); the dated annuity is 863",
    "B19": "keeps a level payment of another rule (862); the dated annuity is 863",
    "B21": "counts a payment ahead against whole instalments, interest included; ours against their principal",
    "B23": "fixes the level payment from the approved amount; ours is solved again at each tranche",
    "B25": "flat interest on the original principal, and a one-off penalty per instalment",
    "C07": "pays charges five days before they are charged",
    "C11": "flat interest on the original principal",
    "C22": "a down payment on day 0 and instalments every 15 days",
    "C25": "delinquency is paused between two dates",
    "E07": "interest is capitalised every year",
}

A_CENT = Fraction(1, 100)  # what the file itself allows where the source spreads its rounding
HALF_EVEN, HALF_UP = Rounding(RoundingMode.HALF_EVEN), Rounding(RoundingMode.HALF_UP)
WHOLE_UNITS = Rounding(RoundingMode.HALF_EVEN, 100)


def cents(text, scale=100):
    value = Decimal(str(text)) * scale
    assert value == int(value)
    return int(value)


def day(text):
    return date.fromisoformat(text)


def percent(text):
    return Fraction(text) / 100


def terms_of(inputs, **changes):
    """Terms in hundredths from the file's inputs: unmoved due dates, half even unless said otherwise."""
    start = changes.pop("start", None) or day(inputs.get("start") or inputs.get("as_of") or "2020-01-01")
    return Terms(
        start=start,
        **{
            "principal": cents(inputs["principal"]),
            "annual_rate": percent(inputs["annual_rate_pct"]),
            "instalments": int(inputs["n"]),
            "method": Method.EQUAL_PAYMENT,
            "day_count": DayCount.PERIODS,
            "working_day": WorkingDay.NONE,
            "interest_rounding": HALF_EVEN,
            "instalment_rounding": HALF_EVEN,
        }
        | changes,
    )


def assert_rows(terms, expected, within=0, scale=100):
    """Compare every figure that the vector's rows give."""
    rows = list(build_schedule(terms).rows)
    wanted = [row for row in expected if "n" in row]
    for want in wanted:
        row = rows[int(want["n"]) - 1]
        if "due_date" in want:
            assert row.due == day(want["due_date"])
        for name, have in {
            "interest": row.interest,
            "principal": row.principal,
            "due": row.amount,
            "balance": row.balance,
        }.items():
            if name in want:
                assert abs(Fraction(have, scale) - Fraction(want[name])) <= within, (row.number, name)
    assert len(wanted) <= len(rows)


def schedule_check(within=0, scale=100, **changes):
    def check(inputs, expected):
        assert_rows(terms_of(inputs, **changes), expected.get("schedule") or expected["rows"], within, scale)

    return check


def a03(inputs, expected):
    schedule = build_schedule(terms_of(inputs))
    paid = {i + p for i, p in zip(schedule.interest[:11], schedule.principal[:11], strict=True)}
    assert paid == {cents(expected["emi_periods_1_to_11"])}
    assert schedule.balances[-1] == cents(expected["final_balance"])


def a04(inputs, expected):
    tranches = tuple(Tranche(day(t["date"]), cents(t["amount"])) for t in inputs["tranches"])
    total = sum(t.amount for t in tranches)
    assert_rows(terms_of(inputs, tranches=tranches, principal=total), expected["schedule"])


def a08(inputs, expected):
    terms = terms_of(inputs)
    events = [
        Disbursement(id="d", value_date=terms.start, amount=terms.principal),
        Payment(id="p", value_date=date(2024, 2, 1), amount=cents(inputs["emi"])),
    ]
    full = expected["payable_on_2024_03_01"]
    row = replay(terms, events, date(2024, 2, 1)).instalments[1]
    assert (row.principal, row.interest) == (cents(full["principal"]), cents(full["interest"]))
    part = expected["payable_on_2024_02_15_for_period_2"]
    state = replay(terms, events, date(2024, 2, 15))
    assert (state.interest_accrued, state.principal_outstanding) == (
        cents(part["interest"]),
        cents(part["balance"]),
    )
    assert cents(inputs["emi"]) - state.interest_accrued == cents(part["principal"])


def a11(inputs, expected):
    terms = terms_of(inputs)
    events = [Disbursement(id="d", value_date=terms.start, amount=terms.principal)]
    first = next(build_schedule(terms).rows)
    want = expected["payable_on_due"]
    assert (first.principal, first.interest) == (cents(want["principal"]), cents(want["interest"]))
    quote = payoff(terms, events, day(inputs["events"][0]["date"]))
    assert (quote.interest, quote.total) == (
        cents(expected["payoff_interest"]),
        cents(expected["payoff_total"]),
    )


def a20(inputs, expected):
    dates = [day(text) for text in inputs["periods"]]
    for start, end, want in zip(dates[:-1], dates[1:], expected["factors"], strict=True):
        num, den = year_fraction(DayCount.ACT_365F, start, end)
        assert abs(Fraction(num, den) * Fraction(inputs["annual_rate"]) - Fraction(want)) < Fraction(
            1, 10**12
        )


def b27(inputs, expected):
    """The payoff amount, and that paying it leaves nothing; their schedule afterwards is a way of display."""
    terms = terms_of(inputs, start=date(2024, 1, 1))
    _, paid, closing = inputs["events"]
    events = [
        Disbursement(id="d", value_date=terms.start, amount=terms.principal),
        Payment(id="p", value_date=day(paid["date"]), amount=cents(paid["amount"])),
    ]
    on = day(closing["date"])
    quote = payoff(terms, events, on)
    assert quote.total == cents(inputs["payoff_amount"])
    interest = [cents(row["interest"]) for row in expected["schedule"] if "n" in row][1]
    assert quote.interest == interest
    done = Payment(id="q", value_date=on, amount=quote.total, sequence=1)
    assert replay(terms, [*events, done], on).is_closed


def lowered(inputs, expected):
    """Prepayments on due dates that lower the instalment.

    Their table adds such a prepayment to the instalment of the day; ours to the period that begins on it.
    """
    terms = terms_of(
        inputs,
        start=date(2022, 11, 1),
        day_count=DayCount.ACT_365F,
        instalment_rounding=WHOLE_UNITS,
        prepaying=Prepaying.LOWER,
    )
    paid_out, *payments = inputs["events"]
    events = [Disbursement(id="d", value_date=day(paid_out["date"]), amount=cents(paid_out["amount"]))]
    events += [Payment(id=p["date"], value_date=day(p["date"]), amount=cents(p["amount"])) for p in payments]
    rows = replay(terms, events, day(inputs["as_of"])).instalments
    ahead = [*(row.prepaid for row in rows[1:]), 0]
    wanted = [row for row in expected["schedule"] if "n" in row]
    assert len(rows) == len(wanted)
    for row, extra, want in zip(rows, ahead, wanted, strict=True):
        assert row.interest == cents(want["interest"])
        assert row.principal - row.prepaid + extra == cents(want["principal"])
        assert row.balance - extra == cents(want["balance"])
    assert sum(row.interest for row in rows) == cents(expected["totals"]["Interest"])


def waterfall(inputs, expected):
    """A loan that owes exactly these amounts, by contrivance, and one payment through the order."""
    names = {"principal": "principal", "interest": "interest", "fee": "fee", "penalty": "late_interest"}
    owed = {names[k]: cents(v) for k, v in inputs["owed"].items()}
    order = AllocationOrder(components=tuple(Component(names[name]) for name in inputs["order"]))
    late = LateRule(
        rate=Fraction(owed["late_interest"], owed["principal"]) * 365,
        cap=None,
        base=LateBase.OVERDUE_PRINCIPAL,
    )
    terms = Terms(
        principal=owed["principal"],
        annual_rate=Fraction(owed["interest"], owed["principal"]) * 12,
        start=date(2023, 1, 2),
        instalments=1,
        day_count=DayCount.PERIODS,
        late=late,
        allocation=order,
        working_day=WorkingDay.NONE,
    )
    on = date(2023, 2, 3)  # one day late
    events = [
        Disbursement(id="d", value_date=terms.start, amount=terms.principal),
        Fee(id="f", value_date=on, amount=owed["fee"]),
    ]
    state = replay(terms, events, on)
    assert {
        "principal": state.owed.principal,
        "interest": state.owed.interest,
        "fee": state.owed.fees,
        "late_interest": state.owed.late_interest,
    } == owed
    state = replay(
        terms, [*events, Payment(id="p", value_date=on, sequence=1, amount=cents(inputs["payment"]))], on
    )
    paid = dict.fromkeys(owed, 0) | {str(a.component): a.amount for a in state.allocations}
    assert paid == {names[k]: cents(v) for k, v in expected["paid"].items()}


def c12(inputs, expected):
    terms = terms_of(inputs, instalment_rounding=WHOLE_UNITS)
    assert [row.amount for row in build_schedule(terms).rows] == [
        cents(row["due"]) for row in expected["schedule"]
    ]


def c13(inputs, expected):
    terms = terms_of(
        {**inputs, "annual_rate_pct": str(Fraction(inputs["rate_pct_per_month"]) * 12)},
        principal=int(inputs["principal"]),
        method=Method.EQUAL_PRINCIPAL,
        interest_rounding=Rounding(RoundingMode.HALF_UP, 100),
        instalment_rounding=Rounding(RoundingMode.HALF_UP, 100),
    )
    assert_rows(terms, expected["rows"], scale=1)


def c16(inputs, expected):
    """Instalments 3 (3,100 + 100) and 4 (2,900 + 100), both overdue; interest of both comes before principal."""
    start, due = date(2011, 11, 20), date(2012, 1, 20)
    terms = Terms(
        principal=6000,
        annual_rate=Fraction(100, 6000) * 12,
        start=start,
        instalments=2,
        day_count=DayCount.PERIODS,
        working_day=WorkingDay.NONE,
    )
    events = [
        Disbursement(id="d", value_date=start, amount=6000),
        Rescheduling(id="s", value_date=start, sequence=1, instalments=2, amounts=(3100, 2900)),
        RateChange(id="r", value_date=date(2011, 12, 20), annual_rate=Fraction(100, 2900) * 12),
    ]
    events.append(Payment(id="p3", value_date=due, sequence=2, amount=int(inputs["events"][2]["amount"])))
    third, fourth = replay(terms, events, due).instalments
    want = expected["after_third_payment"]
    assert third.outstanding == third.principal - third.principal_paid == int(want["instalment3_outstanding"])
    assert fourth.outstanding == int(want["instalment4_outstanding"])
    assert fourth.interest_paid == int(want["instalment4_interest_paid"])
    events.append(Payment(id="p4", value_date=due, sequence=3, amount=int(inputs["events"][3]["amount"])))
    assert replay(terms, events, due).is_closed


def dates_check(inputs, expected):
    first = day(inputs.get("first_due") or inputs["first_repayment"])
    assert due_dates(first, Frequency(inputs["frequency"]), inputs["n"]) == [
        day(d) for d in expected["due_dates"]
    ]


def c21(inputs, expected):
    terms = terms_of(inputs)
    events = [Disbursement(id="d", value_date=terms.start, amount=terms.principal)]
    for item in inputs["events"]:
        if item["op"] == "pay":
            events.append(
                Payment(
                    id=str(item["seq"]),
                    value_date=day(item["date"]),
                    sequence=item["seq"],
                    amount=cents(item["amount"]),
                )
            )
        else:
            events.append(
                Reversal(
                    id=str(item["seq"]),
                    value_date=date(2022, 11, 6),
                    sequence=item["seq"],
                    target=str(item["of"]),
                )
            )
    after = {n: replay(terms, events[: n + 1], date(2022, 11, 6)) for n in (4, 5, 6, 7)}

    def principal_of_last(n):
        return sum(a.amount for a in after[n].allocations_of("4"))

    assert (principal_of_last(4), after[4].unapplied) == tuple(map(cents, expected["after_4"].values()))
    assert (principal_of_last(5), after[5].unapplied) == tuple(map(cents, expected["after_5"].values()))
    assert after[6].owed.total == cents(expected["after_6"]["outstanding"])
    assert after[7].unapplied == cents(expected["after_7"]["overpaid"])


def d04(inputs, expected):
    for first, second, last in expected["first_second_last"]:
        due_day = 31 if first.endswith("10-31") else None
        dates = due_dates(day(first), Frequency.MONTHLY, inputs["n"], due_day)
        assert [dates[0], dates[1], dates[-1]] == [day(first), day(second), day(last)]


def d06(inputs, expected):
    bands = tuple(Band(low, name) for name, low, _ in inputs["ranges"])
    due = day(inputs["first_unpaid_due"])
    terms = Terms(
        principal=1000,
        annual_rate=0,
        start=date(2022, 12, 31),
        instalments=12,
        bands=bands,
        working_day=WorkingDay.NONE,
    )
    assert terms.first_due is None
    events = [Disbursement(id="d", value_date=terms.start, amount=1000)]
    for want in expected["series"]:
        state = replay(terms, events, day(want["as_of"]))
        assert state.days_overdue == want["dpd"] == (state.as_of - due).days
        assert state.classification.startswith(want["bucket"])


def f07(inputs, expected):
    terms = terms_of(
        {**inputs, "annual_rate_pct": str(Fraction(inputs["rate_per_period"]) * 1200)},
        method=Method.EQUAL_PRINCIPAL,
    )
    assert_rows(terms, expected["schedule"])
    assert build_schedule(terms).total_interest == cents(expected["total_interest"])


def f01(inputs, expected):
    """Unrounded figures: a minor unit of 10⁻¹² is as good as none, seen at two decimals."""
    scale = 10**12
    half_cent = Fraction(1, 200)
    terms = terms_of(inputs, principal=int(inputs["principal"]) * scale)
    assert_rows(terms, expected["schedule"], half_cent, scale)
    assert (
        abs(Fraction(build_schedule(terms).total_interest, scale) - Fraction(expected["total_interest"]))
        <= half_cent
    )


def unrounded_check(**changes):
    """The source carries its rounding from row to row; exact figures stay within the file's tolerance of it."""

    def check(inputs, expected):
        terms = terms_of(inputs, principal=int(inputs["principal"]) * 10**12, **changes)
        assert_rows(terms, expected["schedule"], A_CENT, 10**12)

    return check


def apr_check(count, last=None):
    """The file writes the payments after the second as "...": ``count`` of them as the regulation prints them."""

    def check(inputs, expected):
        first, second = [p for p in inputs["payments"] if p != "..."]
        amounts = [first["amount"], *[second["amount"]] * (count - 1)]
        amounts[-1] = last or amounts[-1]
        payments = [(n, Decimal(first["f"]), Decimal(a)) for n, a in enumerate(amounts, start=first["t"])]
        assert_apr(inputs, payments, expected)

    return check


def assert_apr(inputs, payments, expected):
    rate = unit_period_rate(Decimal(inputs["advance"]), payments) * inputs["unit_periods_per_year"] * 100
    assert rate.quantize(Decimal("0.01")) == Decimal(expected["apr_pct"])


def day_count_check(inputs, expected):
    ours = {
        "act/act": DayCount.ACT_ACT,
        "act/365": DayCount.ACT_365F,
        "act/360": DayCount.ACT_360,
        "30e/360": DayCount.THIRTY_360,
    }
    for name, want in expected["year_fraction"].items():
        # The American and ISDA 30/360 are not ours; between these dates all three are the same.
        day_count = ours.get(name, DayCount.THIRTY_360)
        num, den = year_fraction(day_count, day(inputs["from_"]), day(inputs["to"]))
        assert abs(Fraction(num, den) - Fraction(want)) < Fraction(1, 10**12), name


CHECKS = {
    "A01": schedule_check(day_count=DayCount.ACT_365F),
    "A03": a03,
    "A04": a04,
    "A08": a08,
    "A11": a11,
    "A16": schedule_check(),
    "A17": schedule_check(frequency=Frequency.WEEKLY),
    "A20": a20,
    "B02": schedule_check(instalment_rounding=WHOLE_UNITS),
    "B04": schedule_check(method=Method.EQUAL_PRINCIPAL),
    "B07": schedule_check(grace=6, interest_grace=3, instalment_rounding=WHOLE_UNITS),
    "B09": schedule_check(instalment_rounding=WHOLE_UNITS),
    "B16": lowered,
    "B20": lowered,
    "B27": b27,
    "C01": waterfall,
    "C02": waterfall,
    "C03": waterfall,
    "C04": waterfall,
    "C12": c12,
    "C13": c13,
    "C16": c16,
    "C17": dates_check,
    "C19": dates_check,
    "C21": c21,
    "D04": d04,
    "D06": d06,
    "E02": unrounded_check(start=date(2017, 12, 1), method=Method.EQUAL_PRINCIPAL, grace=4),
    "E04": unrounded_check(start=date(2017, 10, 1), frequency=Frequency.QUARTERLY),
    "E05": schedule_check(
        A_CENT, start=date(2021, 11, 15), method=Method.BULLET, day_count=DayCount.ACT_365F
    ),
    "F01": f01,
    "F04": schedule_check(interest_rounding=HALF_UP, instalment_rounding=HALF_UP),
    "F07": f07,
    "G01": apr_check(24),
    "G04": apr_check(40),
    "G07": apr_check(12),
    "G10": apr_check(24, "280"),
    "H01": day_count_check,
    "H03": day_count_check,
}


@pytest.mark.parametrize("vector", VECTORS)
def test_vector(vector):
    if vector in SKIPPED:
        pytest.skip(SKIPPED[vector])
    CHECKS[vector](VECTORS[vector]["inputs"], VECTORS[vector]["expected"])


def test_every_vector_is_either_checked_or_skipped_with_a_reason():
    assert CHECKS.keys() | SKIPPED.keys() == VECTORS.keys()
    assert not CHECKS.keys() & SKIPPED.keys()
