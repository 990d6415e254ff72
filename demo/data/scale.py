"""Many applications and loans, through the same services, for measuring lists and jobs."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from core import clock
from core.accounts.models import Business, User
from core.enqueue import leave_to_the_beat
from core.notices.models import Notice
from core.workflow.perform import lock
from demo.data import lending
from demo.data.accounts import load_people
from demo.data.clock import at, moment
from demo.data.people import DOMAIN, Firm, Person
from demo.data.programme import Timing, apply, crowd, load_call, load_programmes, plan_for
from loans.models import Fund, FundYear, LedgerEntry, Loan, LoanInstalment, Product
from loans.services.ledger import add_entry, refresh_loan

FIRST = 2000
BATCH = 50
PLAN = 1_000_000_000_000
YEARS = 6
LIVES, STRIDE = 66, 7
"""Loans lie over 66 months; a stride that shares no divisor with it spreads even a few of them."""
MISSED = (0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 4)
"""How many of the latest instalments were not paid."""


def load_scale(count: int) -> None:
    """``count`` applications to a call of its own and ``count`` loans, with histories; adds what is missing."""
    with leave_to_the_beat():
        for start in range(0, count, BATCH):
            with transaction.atomic():
                numbers = range(start, min(start + BATCH, count))
                _applications(numbers)
                _loans(numbers)
                Notice.objects.filter(state=Notice.State.PENDING).update(state=Notice.State.SENT)


def _applications(numbers: range) -> None:
    today = clock.today()
    staff = User.objects.get(email=f"staff@{DOMAIN}")
    call = load_call(
        programme=load_programmes()["good-partner"],
        number=900,
        title="규모 측정용 공고 (데모)",
        code="SC",
        timing=Timing(-20, 20),
        today=today,
        places=100,
        by=staff,
    )
    people = load_people(crowd(len(numbers), start=FIRST + numbers.start)).values()
    with at(moment(today - timedelta(days=2), 10)):
        for index, person in zip(numbers, people, strict=True):
            apply(by=person, call=call, plan=plan_for(index))


def _loans(numbers: range) -> None:
    today = clock.today()
    cast = lending.Cast(
        *(User.objects.get(email=f"{role}@{DOMAIN}") for role in ("finance", "approver", "secretary"))
    )
    product = _product(today)
    people = load_people(
        Person(
            login=f"scale{number:05d}@crowd",
            name=f"데모 대표 {number}",
            business=Firm(
                name=f"데모기업 {number}",
                serial=f"{200_000_000 + number}",
                sector="생활 서비스",
                opened_on=today - timedelta(days=2_500),
            ),
        )
        for number in numbers
    )
    for number, borrower in zip(numbers, people.values(), strict=True):
        firm = Business.objects.get(memberships__user=borrower)
        if not firm.loans.exists():
            story = lending.Story(
                firm,
                borrower,
                product.code,
                10_000_000,
                months_ago=1 + number * STRIDE % LIVES,
                due_day=1 + number % 28,
                missed=MISSED[number % len(MISSED)],
            )
            _tell_life(story, product, cast, today)


def _tell_life(story: lending.Story, product: Product, cast: lending.Cast, today: date) -> None:
    """From the application to the last payment."""
    start = lending.months_before(today, story.months_ago)
    year = (start - timedelta(days=30)).year  # in which the application was handed in
    loan_round = lending.load_round(product, year, today=today, by=cast.finance)
    loan = lending.pay_out(story, loan_round=loan_round, cast=cast, today=today)
    due = list(loan.instalments.filter(due_on__lt=today).order_by("number"))
    _pay(loan, due[: max(len(due) - story.missed, 0)], cast)


def _pay(loan: Loan, instalments: Sequence[LoanInstalment], cast: lending.Cast) -> None:
    """Each on its day, to the won. The loan is replayed once at the end: that is what takes long."""
    with transaction.atomic():
        row = lock(loan)
        for instalment in instalments:
            with at(moment(instalment.due_on, 13)):
                add_entry(
                    row,
                    LedgerEntry.Kind.PAYMENT,
                    value_date=instalment.due_on,
                    amount=instalment.total,
                    by=cast.finance,
                    source=LedgerEntry.Source.OFFICE,
                    payment_key=f"scale:{loan.number}:{instalment.number}",
                )
        refresh_loan(row)


def _product(today: date) -> Product:
    fund, _created = Fund.objects.get_or_create(
        code="scale", defaults={"name": "규모 측정용 기금 (데모)", "short_name": "측정", "prefix": "Z"}
    )
    for year in range(today.year - YEARS, today.year + 1):
        FundYear.objects.get_or_create(
            fund=fund, year=year, defaults={"plan_amount": PLAN, "annual_rate": "0.01"}
        )
    return Product.objects.get_or_create(
        code="scale",
        defaults={
            "fund": fund,
            "name": "규모 측정용 상품 (데모)",
            "limit": 100_000_000,
            "purposes": ["경영안정자금"],
            "instalments": 60,
            "grace_instalments": 12,
            "is_public": False,
        },
    )[0]
