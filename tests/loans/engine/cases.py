"""The loan most tests are about, those of the two funds, and short words for what happens to it."""

from datetime import date

from loans.engine import DayCount, Disbursement, Frequency, LateRule, Payment, Terms, WorkingDay

SIMPLE = Terms(  # six instalments of 100,000 at 3.65 %: a day of 600,000 costs 60 won
    principal=600_000,
    annual_rate="0.0365",
    start=date(2025, 1, 10),
    instalments=6,
    day_count=DayCount.ACT_365F,
    working_day=WorkingDay.NONE,
    late=LateRule(spread="0.0365"),
)
YOUTH = Terms(principal=50_000_000, annual_rate="0.01", start=date(2026, 3, 10), instalments=60, grace=12)
SME = Terms(
    principal=300_000_000,
    annual_rate="0.015",
    start=date(2025, 6, 30),
    instalments=20,
    grace=8,
    frequency=Frequency.QUARTERLY,
    working_day=WorkingDay.NONE,
)
SEOLLAL = frozenset({date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18)})
PAID_OUT = Disbursement(id="out", value_date=SIMPLE.start, amount=SIMPLE.principal)


def pay(day, amount, name=None, sequence=1, **more):
    return Payment(id=name or f"pay-{day}", value_date=day, sequence=sequence, amount=amount, **more)


def allocated(state, event):
    return [(str(a.component), a.instalment, a.amount) for a in state.allocations_of(event)]


def paid_out(terms):
    """The disbursement of all of a loan on its start."""
    return Disbursement(id="out", value_date=terms.start, amount=terms.principal)
