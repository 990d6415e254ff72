"""The night's work: once, in full, whatever happens in between."""

from datetime import date

import pytest
import time_machine

from core.notices.models import Notice
from loans.models import DayClose, DayCloseError, Loan
from loans.services import day_end
from loans.services.day_end import close_day
from loans.tasks import close_day as task
from tests.loans import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def travel():
    with time_machine.travel(f.noon("2025-03-04"), tick=False) as traveller:
        yield lambda day: traveller.move_to(f.noon(day))


def told(loan, event):
    return list(
        Notice.objects.filter(recipient=loan.borrower, event=f"loans.{event}")
        .order_by("pk")
        .values_list("dedupe_key", flat=True)
    )


def night(travel, day):
    travel(day)
    return close_day(date.fromisoformat(day))


def test_twice_is_once(travel):
    loan = f.loan(on=date(2025, 3, 4))
    one = night(travel, "2025-04-05")
    loan.refresh_from_db()
    figures = {field.name: getattr(loan, field.name) for field in Loan._meta.concrete_fields}
    two = close_day(date(2025, 4, 5))
    loan.refresh_from_db()
    assert figures == {field.name: getattr(loan, field.name) for field in Loan._meta.concrete_fields}
    assert (one.pk, one.loans, one.failed) == (two.pk, two.loans, two.failed) == (one.pk, 1, 0)
    assert len(told(loan, "instalment_overdue")) == 1


def test_reminders_seven_days_and_one_day_before_and_when_overdue(travel):
    loan = f.loan(on=date(2025, 3, 4))
    for day in ("2025-03-27", "2025-03-28", "2025-03-30", "2025-04-03", "2025-04-04"):
        night(travel, day)
    assert told(loan, "instalment_due") == [f"loans.instalment_due:{loan.pk}:2025-04-04:{n}" for n in (7, 1)]
    for day in ("2025-04-05", "2025-04-08", "2025-04-11", "2025-04-12", "2025-05-04"):
        night(travel, day)
    assert told(loan, "instalment_overdue") == [
        f"loans.instalment_overdue:{loan.pk}:2025-04-04:{n}" for n in (1, 7, 30)
    ]


def test_nobody_is_reminded_of_what_is_covered(travel):
    loan = f.loan(on=date(2025, 3, 4))
    f.pay(loan, 42_465)
    night(travel, "2025-04-03")
    assert told(loan, "instalment_due") == []


def test_after_a_long_sleep_only_what_fits_is_told(travel):
    loan = f.loan(on=date(2025, 3, 4))
    night(travel, "2025-06-20")
    loan.refresh_from_db()
    assert (loan.days_overdue, loan.missed, loan.classification) == (77, 3, "precautionary")
    assert told(loan, "instalment_overdue") == [f"loans.instalment_overdue:{loan.pk}:2025-04-04:60"]


def test_killed_in_the_middle_and_run_again(travel, monkeypatch):
    loans = [f.loan(on=date(2025, 3, 4)) for _ in range(3)]
    travel("2025-04-05")
    real, seen = day_end.refresh_loan, []

    def dies_at_the_second(loan, on):
        seen.append(loan.pk)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(loan, on)

    monkeypatch.setattr(day_end, "refresh_loan", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        close_day(date(2025, 4, 5))
    monkeypatch.setattr(day_end, "refresh_loan", real)
    assert list(Loan.objects.order_by("pk").values_list("closed_through", flat=True)) == [
        date(2025, 4, 5),
        None,
        None,
    ]
    assert DayClose.objects.get().finished_at is None
    close = close_day(date(2025, 4, 5))
    assert (close.loans, close.failed, close.finished_at is not None) == (3, 0, True)
    assert all(len(told(loan, "instalment_overdue")) == 1 for loan in loans)


def test_one_broken_loan_does_not_stop_the_others(travel):
    broken, fine = (f.loan(on=date(2025, 3, 4)) for _ in range(2))
    good = broken.terms
    Loan.objects.filter(pk=broken.pk).update(terms={"version": 0})
    close = night(travel, "2025-04-05")
    assert (close.loans, close.failed) == (1, 1)
    assert DayCloseError.objects.get().loan == broken
    fine.refresh_from_db()
    assert fine.days_overdue == 1
    Loan.objects.filter(pk=broken.pk).update(terms=good)
    close = close_day(date(2025, 4, 5))
    assert (close.loans, close.failed) == (2, 0)


def test_rounds_close_after_their_last_minute(travel):
    round_ = f.loan_round()
    night(travel, "2025-03-17")
    round_.refresh_from_db()
    assert round_.state == "published"
    night(travel, "2025-03-19")
    round_.refresh_from_db()
    assert round_.state == "closed"


def test_the_task_takes_today_or_a_day(travel):
    loan = f.loan(on=date(2025, 3, 4))
    travel("2025-03-10")
    task()
    loan.refresh_from_db()
    assert loan.closed_through == date(2025, 3, 10)
    task("2025-03-11")
    loan.refresh_from_db()
    assert loan.closed_through == date(2025, 3, 11)
