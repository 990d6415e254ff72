"""Loads everything once, in one transaction, as if it had happened over the years."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from core import clock
from core.accounts.models import Business, User
from core.enqueue import leave_to_the_beat
from core.notices.models import Notice
from demo.data import cohorts, lending
from demo.data.accounts import load_people
from demo.data.calendar import load_calendar
from demo.data.committee import load_committee
from demo.data.content import load_content
from demo.data.funds import load_funds
from demo.data.jobs_plan import load_jobs_plan
from demo.data.lending import Story
from demo.data.partners import load_partners
from demo.data.people import EVERYBODY, FOUNDERS, MENTORS, Firm, Person
from loans.models import Loan, LoanRound, Product
from loans.services.day_end import close_day

LONG_AGO = 34


def load_demo() -> None:
    """Create what is not there yet. Running it again changes nothing."""
    with leave_to_the_beat(), transaction.atomic():
        people = load_people(EVERYBODY)
        today = clock.today()
        products = load_funds(this_year=today.year)
        calls = cohorts.load_cohorts(
            cast=cohorts.Cast(
                staff=people["staff"],
                mentors=[people[mentor.login] for mentor in MENTORS],
                founders=[people[founder.login] for founder in FOUNDERS],
            ),
            today=today,
        )
        if not Loan.objects.exists():
            _load_loans(people, products, today)
        _load_rare(people, products, today)
        load_calendar(today=today)
        load_partners(people=people, today=today)
        load_committee(secretary=people["secretary"], today=today)
        load_jobs_plan()
        load_content(calls=calls, people=people, publisher=people["admin"], today=today)
        _settle_notices()


def _load_loans(people: Mapping[str, User], products: Mapping[str, Product], today: date) -> None:
    cast = lending.Cast(people["finance"], people["approver"], people["secretary"])
    for story in _stories(people, today):
        year = (today - timedelta(days=story.months_ago * 31)).year
        loan_round = _round_for(products[story.fund], story, today, cast, year)
        lending.tell_loan(story, loan_round=loan_round, cast=cast, today=today)
    this_year = lending.load_round(products["youth"], today.year, today=today, by=cast.finance)
    lending.load_round(products["sme"], today.year, today=today, by=cast.finance)
    firms = load_people(_crowd_of_firms(range(1, 9)))
    waiting = [(person, Business.objects.get(memberships__user=person)) for person in firms.values()]
    lending.tell_waiting(firms=waiting, loan_round=this_year, cast=cast, today=today)
    close_day(today)


def _load_rare(people: Mapping[str, User], products: Mapping[str, Product], today: date) -> None:
    """What seldom happens to loans, so that every state can be seen."""
    cast = lending.Cast(people["finance"], people["approver"], people["secretary"])
    small = lending.load_special_round(
        products["youth"], "소액 특별융자", today - timedelta(days=55), plan=50_000_000, by=cast.finance
    )
    if small.applications.exists():
        return
    lending.load_special_round(
        products["sme"],
        "추가 융자",
        today + timedelta(days=40),
        plan=500_000_000,
        by=cast.finance,
        publish=False,
    )
    firms = load_people(_crowd_of_firms(range(21, 27)))
    owned = [(person, Business.objects.get(memberships__user=person)) for person in firms.values()]
    lending.tell_small_round(firms=owned[:4], loan_round=small, cast=cast, today=today)
    (one, first), (other, second) = owned[4:]
    long_ago = lending.months_before(today, LONG_AGO)
    emergency = lending.load_special_round(
        products["youth"], "긴급 특별융자", long_ago - timedelta(days=45), plan=100_000_000, by=cast.finance
    )
    for story in (
        Story(first, one, "youth", 25_000_000, LONG_AGO, due_day=12, missed=5, called_in=20),
        Story(
            second, other, "youth", 10_000_000, LONG_AGO, due_day=12, missed=14, called_in=300, given_up=30
        ),
    ):
        lending.tell_loan(story, loan_round=emergency, cast=cast, today=today)
    close_day(today)


def _round_for(product: Product, story: Story, today: date, cast: lending.Cast, year: int) -> LoanRound:
    """The round that was open when the story's application was handed in."""
    start = lending.months_before(today, story.months_ago) - timedelta(days=30)
    return lending.load_round(product, max(start.year, 2020), today=today, by=cast.finance)


def _stories(people: Mapping[str, User], today: date) -> list[Story]:
    """Loans that show every standing: in grace, on time, late by one and by several, repaid early."""

    def story(login: str, fund: str, amount: int, months_ago: int, **more: bool | int) -> Story:
        borrower = people[login]
        firm = Business.objects.get(memberships__user=borrower)
        day = (today + timedelta(days=5)).day
        base = Story(firm, borrower, fund, amount, months_ago, due_day=min(day, 28))
        return replace(base, **more)  # type: ignore[arg-type]

    return [
        story("founder", "youth", 50_000_000, 20, by_card=3),
        story("founder2", "youth", 30_000_000, 26, repaid=True, due_day=10),
        story("founder3", "youth", 100_000_000, 30, missed=2, due_day=8),
        story("founder4", "sme", 300_000_000, 29, missed=1, due_day=3),
        story("founder5", "youth", 20_000_000, 5),
        story("founder6", "sme", 150_000_000, 14, due_day=20),
    ]


def _crowd_of_firms(numbers: range) -> list[Person]:
    return [
        Person(
            login=f"firm{number:02d}@crowd",
            name=f"데모 대표 {number}",
            business=Firm(
                name=f"데모기업 {number}",
                serial=f"10622{number:04d}",
                sector="생활 서비스",
                opened_on=date(2021, 3, 2),
                is_micro=True,
            ),
        )
        for number in numbers
    ]


def _settle_notices() -> None:
    """What was told in the past was also sent then; only today's waits in the outbox."""
    before = clock.now() - timedelta(hours=20)
    for notice in Notice.objects.filter(state=Notice.State.PENDING, created_at__lt=before):
        notice.state = Notice.State.SENT
        notice.sent_at = notice.created_at
        notice.save(update_fields=["state", "sent_at"])
