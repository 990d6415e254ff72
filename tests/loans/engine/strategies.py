"""Random terms and random, possible histories."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from loans.engine import (
    Acceleration,
    AllocationOrder,
    Component,
    DayCount,
    Disbursement,
    EngineError,
    Fee,
    FreeRange,
    Frequency,
    LateBase,
    LateRule,
    Method,
    Payment,
    Prepaying,
    PrepaymentFee,
    RateChange,
    RateStep,
    Recovery,
    Refund,
    Remainder,
    Rescheduling,
    Rounding,
    RoundingMode,
    Stub,
    Terms,
    Tranche,
    Waiver,
    Waterfall,
    WorkingDay,
    WriteOff,
    replay,
)

EPOCH = date(2019, 1, 1)
rates = st.sampled_from([Fraction(n, 1000) for n in (0, 8, 10, 12, 15, 35, 49, 94, 199)] + [Fraction(1, 7)])
roundings = st.builds(Rounding, mode=st.sampled_from(RoundingMode), unit=st.sampled_from([1, 1, 10, 100]))
days = st.integers(0, 3000).map(lambda n: EPOCH + timedelta(days=n))
holidays = st.frozensets(days, max_size=40)


@st.composite
def late_rules(draw):
    return LateRule(
        spread=draw(st.sampled_from(["0.03", "0.02", "0.5"])),
        base=draw(st.sampled_from(LateBase)),
        grace_days=draw(st.sampled_from([0, 0, 3, 14])),
        rounding=draw(roundings),
        day_count=draw(st.sampled_from([None, DayCount.ACT_365F, DayCount.THIRTY_360])),
    )


@st.composite
def plain_terms(draw):
    frequency = draw(st.sampled_from(Frequency))
    method = draw(st.sampled_from(Method))
    instalments = draw(st.integers(1, 24))
    day_count = draw(st.sampled_from(DayCount))
    rounding = draw(roundings)
    first = method is Method.EQUAL_PRINCIPAL and rounding.mode is RoundingMode.DOWN
    return Terms(
        principal=draw(st.one_of(st.integers(1, 2000), st.integers(10_000, 300_000_000))),
        annual_rate=draw(rates),
        start=draw(days),
        instalments=instalments,
        method=method,
        frequency=frequency,
        grace=draw(st.integers(0, instalments - 1)),
        due_day=draw(st.sampled_from([None, 1, 10, 25, 29, 31])) if frequency.months else None,
        stub=draw(st.sampled_from(Stub)),
        # Moved back, a short stub's due date could land on the start; that is refused, and tested by itself.
        working_day=draw(
            st.sampled_from([WorkingDay.NONE, WorkingDay.FOLLOWING, WorkingDay.MODIFIED_FOLLOWING])
        ),
        interest_follows=draw(st.booleans()) and day_count is not DayCount.PERIODS,
        holidays=draw(holidays),
        day_count=day_count,
        interest_rounding=draw(roundings),
        instalment_rounding=rounding,
        remainder=draw(st.sampled_from(Remainder)) if first else Remainder.LAST,
        late=draw(st.one_of(st.none(), late_rules())),
        prepayment_fee=draw(
            st.one_of(
                st.none(),
                st.builds(
                    PrepaymentFee,
                    rate=st.sampled_from(["0.012", "0.2"]),
                    declining=st.booleans(),
                    rounding=roundings,
                ),
            )
        ),
        allocation=AllocationOrder(
            components=tuple(draw(st.permutations(list(Component)))), run=draw(st.sampled_from(Waterfall))
        ),
        prepaying=draw(st.sampled_from(Prepaying)),
    )


@st.composite
def any_terms(draw):
    """Terms with tranches, rate changes, interest-free ranges and interest grace as well."""
    terms = draw(plain_terms())
    later = terms.start + timedelta(days=draw(st.integers(1, 400)))
    changes = (RateStep(later, draw(rates)),) if draw(st.booleans()) else ()
    free = (FreeRange(terms.start - timedelta(days=3), later),) if draw(st.booleans()) else ()
    tranches = ()
    if draw(st.booleans()) and terms.principal > 1:
        part = draw(st.integers(1, terms.principal - 1))
        span = 5 if terms.frequency.days else 20
        second = terms.start + timedelta(days=draw(st.integers(1, span)))
        tranches = (Tranche(terms.start, part), Tranche(second, terms.principal - part))
    grace = draw(st.integers(0, terms.instalments - 1)) if draw(st.booleans()) else 0
    terms = replace(terms, rate_changes=changes, interest_free=free, interest_grace=grace)
    try:
        candidate = replace(terms, tranches=tranches)
        replay(candidate, disbursements(candidate), date(2060, 1, 1))
    except EngineError:
        return terms  # the second tranche came after the last due date
    return candidate


def disbursements(terms):
    parts = [(t.on, t.amount) for t in terms.tranches] or [(terms.start, terms.principal)]
    return [
        Disbursement(id=f"d{n}", value_date=on, sequence=n, amount=amount)
        for n, (on, amount) in enumerate(parts)
    ]


@st.composite
def _event(draw, terms, n, money_only):  # noqa: PLR0911 - one return per kind
    day = terms.start + timedelta(days=draw(st.integers(0, 900)))
    common = {"id": f"e{n}", "value_date": day, "sequence": n + 10}
    amount = draw(
        st.one_of(st.integers(1, 5000), st.integers(1, terms.principal // 4 + 1), st.just(terms.principal))
    )
    kinds = ["pay"] * 6 + (
        [] if money_only else ["fee", "waive", "refund", "rate", "plan", "call", "off", "recover"]
    )
    match draw(st.sampled_from(kinds)):
        case "pay":
            return Payment(**common, amount=amount)
        case "fee":
            return Fee(**common, amount=amount)
        case "waive":
            component = draw(st.sampled_from([Component.FEE, Component.INTEREST, Component.LATE_INTEREST]))
            return Waiver(**common, amount=draw(st.integers(1, 50)), component=component)
        case "refund":
            return Refund(**common, amount=amount)
        case "rate":
            return RateChange(**common, annual_rate=draw(rates))
        case "plan":
            count = draw(st.integers(1, 12))
            return Rescheduling(
                **common,
                instalments=count,
                grace=draw(st.integers(0, count - 1)),
                next_due=draw(st.sampled_from([None, day + timedelta(days=20)])),
                include_arrears=draw(st.booleans()),
            )
        case "call":
            return Acceleration(**common)
        case "off":
            return WriteOff(**common)
        case _:
            return Recovery(**common, amount=amount)


@st.composite
def histories(draw, terms=None, money_only=False, most=10):
    """``(terms, events)`` in which every event is possible where it stands."""
    terms = terms or draw(any_terms())
    events = disbursements(terms)
    end = date(2070, 1, 1)
    for n in range(draw(st.integers(0, most))):
        event = draw(_event(terms, n, money_only))
        try:
            replay(terms, [*events, event], end)
        except EngineError:
            continue
        events.append(event)
    return terms, events
