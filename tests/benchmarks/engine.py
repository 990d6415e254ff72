# ruff: noqa: T201 - it prints its report
"""How fast the loan engine is, beside others, in one run: python -m tests.benchmarks.engine [--smoke]

Every figure is the best of several rounds in CPU time of this process. The limits are for the machine on which they
were set. Between the rounds a yardstick is measured, and a slower machine, or one whose neighbours share its caches,
must do as much less as the yardstick does. Exits with 1 when a limit is missed by more than noise can explain.
``--smoke`` takes a few seconds.
"""

import sys
import time
from calendar import Calendar
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from loans.engine import Disbursement, Method, Payment, Terms, build_schedule, portfolio, replay
from loans.engine.grid import _grid
from loans.engine.schedule import shared_bound

START = date(2026, 3, 10)
NOISE = 0.8
"""A limit counts as missed below this share of it."""
YARDSTICKS_A_SECOND = 2_800
"""On the machine on which the limits were set."""
RATES = ("0.008", "0.01", "0.012", "0.015")


class Size(NamedTuple):
    """How much of everything to do."""

    rounds: int
    schedules: int
    replays: int
    loans: int


FULL, SMOKE = Size(7, 2000, 300, 100_000), Size(3, 500, 100, 20_000)


class Rate(NamedTuple):
    """Things a second, and how fast the machine was meanwhile: 1 is the one on which the limits were set."""

    per_second: float
    pace: float

    @property
    def on_our_machine(self) -> float:
        """Things a second on the machine on which the limits were set."""
        return self.per_second / self.pace


class Figure(NamedTuple):
    """A measured rate and the least it must be, in things a second."""

    name: str
    rate: Rate
    limit: float = 0.0
    aim: float = 0.0

    @property
    def times(self) -> float:
        """How many times the limit of this machine it is."""
        return self.rate.per_second / (self.limit * min(self.rate.pace, 1.0))

    @property
    def missed(self) -> bool:
        """Below the limit by more than noise."""
        return self.limit > 0 and self.times < NOISE

    def line(self) -> str:
        """One line of the report."""
        judgement = ""
        if self.limit:
            judgement = f"limit {self.limit:>9,.0f}, pace {self.rate.pace:4.2f}  × {self.times:5.2f}"
            reached = 0 < self.aim <= self.times * self.limit
            judgement += "  MISSED" if self.missed else "  aim reached" if reached else ""
        return f"  {self.name:<58}{self.rate.per_second:>12,.0f}/s  {judgement}"


def yardstick() -> object:
    """Dates and exact numbers of the standard library, nothing of ours."""
    return Calendar().yeardatescalendar(2028), sum(Fraction(n, 365) for n in range(200))


def seconds(work: Callable[[], object]) -> float:
    """CPU time of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def best(
    work: Callable[[], object], things: int, rounds: int, before: Callable[[], object] = lambda: None
) -> Rate:
    """The best of ``rounds``."""
    fastest = of_the_yardstick = float("inf")
    for _ in range(rounds):
        of_the_yardstick = min(of_the_yardstick, seconds(partial(_repeat, yardstick, 20)) / 20)
        before()
        fastest = min(fastest, seconds(work))
    return Rate(things / fastest, 1 / of_the_yardstick / YARDSTICKS_A_SECOND)


def _repeat(work: Callable[[], object], times: int) -> None:
    for _ in range(times):
        work()


def terms(n: int, method: Method) -> Terms:
    """The n-th of many different loans of 60 instalments: amount, rate and start differ."""
    return Terms(
        principal=10_000_000 + 7_919 * n,
        annual_rate=RATES[n % 4],
        start=START + timedelta(days=n),
        instalments=60,
        grace=12,
        method=method,
    )


def forget() -> None:
    """Empty the caches, as in a process that has just started."""
    _grid.cache_clear()
    shared_bound.cache_clear()


def schedules(size: Size) -> list[Figure]:
    """Dated, exact schedules of 60 instalments, every loan with dates of its own."""
    figures = []
    for method in (Method.EQUAL_PRINCIPAL, Method.EQUAL_PAYMENT):
        many = [terms(n, method) for n in range(size.schedules)]

        def build(many: list[Terms] = many) -> None:
            for item in many:
                build_schedule(item)

        cold = best(build, len(many), size.rounds, forget)
        figures.append(Figure(f"schedule, {method.value}, no date seen before", cold, 20_000, 50_000))
        build()
        figures.append(
            Figure(
                f"schedule, {method.value}, dates shared", best(build, len(many), size.rounds), 20_000, 50_000
            )
        )
    whole = best(
        lambda: [build_schedule(terms(n, Method.EQUAL_PRINCIPAL)) for n in range(500)], 500, size.rounds
    )
    figures.append(Figure("the same, terms made and checked each time", whole))
    rows = best(lambda: [list(build_schedule(item).rows) for item in many[:200]], 200, size.rounds)
    figures.append(Figure("the same, with a row object for every instalment", rows))
    return figures


def replays(size: Size) -> list[Figure]:
    """A loan of 60 instalments with its disbursement and 60 payments, each on its due date or five days late."""
    figures = []
    for method in (Method.EQUAL_PRINCIPAL, Method.EQUAL_PAYMENT):
        for late in (0, 5):
            loan = terms(0, method)
            events = [Disbursement(id="out", value_date=loan.start, amount=loan.principal)]
            events += [
                Payment(
                    id=str(row.number),
                    value_date=row.due + timedelta(days=late),
                    sequence=1,
                    amount=row.amount,
                )
                for row in build_schedule(loan).rows
            ]
            end = date(2032, 1, 1)
            if not replay(loan, events, end).is_closed:
                raise SystemExit("replay: the loan must be closed")
            again = partial(_repeat, partial(replay, loan, events, end), size.replays)
            rate = best(again, size.replays, size.rounds)
            when = "on time" if not late else f"{late} days late"
            figures.append(Figure(f"replay, 60 payments {when}, {method.value}", rate, 3_000))
    return figures


def portfolios(size: Size) -> list[Figure]:
    """Many loans at once; a sample is checked to the won against single schedules."""
    figures = []
    for method in (Method.EQUAL_PRINCIPAL, Method.EQUAL_PAYMENT):
        # Loans of a few hundred start dates, as a fund of some years has.
        loans = [terms(n % 700, method) for n in range(2_000)] * (size.loans // 2_000)
        book = portfolio.Portfolio(loans)
        loading = best(partial(portfolio.Portfolio, loans), size.loans, 1)
        figures.append(Figure(f"portfolio, loading, {method.value}", loading))
        totals = portfolio.total_interest(book)
        if any(int(totals[n]) != build_schedule(loans[n]).total_interest for n in range(0, size.loans, 101)):
            raise SystemExit("portfolio: not the same won")
        day, paid = date(2028, 6, 1), [0] * size.loans
        for name, work in (
            ("cash per month", lambda: portfolio.cash_by_month(book)),  # noqa: B023
            ("interest per loan", lambda: portfolio.total_interest(book)),  # noqa: B023
            ("arrears per loan", lambda: portfolio.arrears(book, paid, day)),  # noqa: B023
        ):
            figures.append(Figure(f"{name}, {method.value}", best(work, size.loans, size.rounds), 500_000))
    return figures


def peers(size: Size) -> list[Figure]:
    """What others do for one schedule of 60 instalments; what is not installed is left out."""
    figures = []
    for name, make in PEERS.items():
        try:
            work, many = make()
        except ImportError:
            print(f"  {name}: not installed (uv sync --group bench)")
            continue
        once = best(work, 1, 1).per_second
        times = max(1, min(200, int(once * (0.05 if size is SMOKE else 0.4))))
        rate = best(lambda: [work() for _ in range(times)], times * many, size.rounds)  # noqa: B023
        figures.append(Figure(name, rate))
    return figures


def numpy_financial() -> tuple[Callable[[], object], int]:
    """Floats, no dates, no rounding, 1,000 loans at once."""
    import numpy as np
    import numpy_financial as npf

    periods, amounts = np.arange(1, 61), np.linspace(1e6, 3e8, 1000)[:, None]
    return lambda: (
        npf.ipmt(0.01 / 12, periods, 60, -amounts),
        npf.ppmt(0.01 / 12, periods, 60, -amounts),
    ), 1000


def pyxirr() -> tuple[Callable[[], object], int]:
    """Floats, no dates, no rounding."""
    import pyxirr as px

    return lambda: [
        (px.ipmt(0.01 / 12, n, 60, -5e7), px.ppmt(0.01 / 12, n, 60, -5e7)) for n in range(1, 61)
    ], 1


def amortization() -> tuple[Callable[[], object], int]:
    """Floats rounded to cents, no dates."""
    from amortization.schedule import amortization_schedule

    return lambda: list(amortization_schedule(50_000_000, 0.01, 60)), 1


def quantlib() -> tuple[Callable[[], object], int]:
    """Dated with a calendar; floats, no rounding."""
    import QuantLib as ql  # noqa: N813 - as its documentation does

    notionals = [50e6 - 50e6 / 60 * n for n in range(60)]
    calendar, day_count = ql.SouthKorea(), ql.Actual365Fixed()

    def work() -> object:
        schedule = ql.Schedule(
            ql.Date(10, 3, 2026),
            ql.Date(10, 3, 2031),
            ql.Period(1, ql.Months),
            calendar,
            ql.Following,
            ql.Following,
            ql.DateGeneration.Forward,
            False,
        )
        return [
            (flow.date(), flow.amount()) for flow in ql.FixedRateLeg(schedule, day_count, notionals, [0.01])
        ]

    return work, 1


def loan_calculator() -> tuple[Callable[[], object], int]:
    """Dated; floats, no rounding."""
    from loan_calculator import Loan

    dues = [date(2026 + (n + 2) // 12, (n + 2) % 12 + 1, 10) for n in range(1, 61)]

    def work() -> object:
        loan = Loan(5e7, 0.01, START, dues, amortization_schedule_type="constant-amortization-schedule")
        return loan.due_payments, loan.interest_payments, loan.amortizations, loan.balance

    return work, 1


def pyloan() -> tuple[Callable[[], object], int]:
    """Dated, decimal, rounded to cents."""
    from pyloan.pyloan import Loan

    def work() -> object:
        return Loan(
            loan_amount=50_000_000,
            interest_rate=1.0,
            loan_term=5,
            start_date="2026-03-10",
            loan_type="linear",
        ).get_payment_schedule()

    return work, 1


PEERS = {
    "numpy-financial (floats, undated, 1,000 at once)": numpy_financial,
    "pyxirr (floats, undated)": pyxirr,
    "amortization (rounded floats, undated)": amortization,
    "QuantLib (floats, dated)": quantlib,
    "loan-calculator (floats, dated)": loan_calculator,
    "pyloan (decimal, dated)": pyloan,
}


def main() -> int:
    """Measure, print, judge."""
    size = SMOKE if "--smoke" in sys.argv else FULL
    print(f"A limit, times the pace of this machine where it is slower, is missed below {NOISE:.0%} of it.")
    figures = []
    for title, measure in (("Schedules", schedules), ("Replay", replays), ("Portfolio, loans", portfolios)):
        print(f"{title} (60 instalments)")
        some = measure(size)
        figures += some
        print("\n".join(figure.line() for figure in some))
    print("Others, schedules (60 instalments); ours, equal principal with no date seen before, is × as fast")
    ours = figures[0].rate
    slower = []
    for peer in peers(size):
        times = ours.on_our_machine / peer.rate.on_our_machine
        print(
            f"  {peer.name:<58}{peer.rate.per_second:>12,.0f}/s  pace {peer.rate.pace:4.2f}  × {times:8.2f}"
        )
        if ", dated" in peer.name and times < NOISE:
            slower.append(peer.name)
    missed = [figure.name for figure in figures if figure.missed] + slower
    print("Missed: " + "; ".join(missed) if missed else "All limits kept.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
