"""The demo data: once, in every state, and exact."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Sum

from core import clock
from core.accounts.models import User
from core.notices.models import Notice
from core.workflow.diagrams import lifecycles
from core.workflow.models import Change
from demo.data.people import EVERYBODY, FOUNDERS
from impact.models import JobsPlan
from incubator.models import Application, Call, Review
from loans.models import LedgerEntry, Loan, LoanApplication
from loans.queries.proof import differences

pytestmark = pytest.mark.django_db


# every state of a lifecycle has a row to look at, but for these, each with the reason
BY_CARD = "a payment under way needs the stand-in, which the demo starts later: made by whoever tries it"
BY_HAND = "the demo leaves the meeting to the secretary who tries it: it is told in tests/core/committees"
WITHOUT_A_ROW: dict[str, tuple[set[str], str]] = {
    "BankDeposit": ({"reversed"}, "a mistake of the office, not a part of any story"),
    "Charge": ({"open", "cancelled"}, BY_CARD),
    "Checkout": ({"preparing", "open", "expired", "failed"}, BY_CARD),
    "Meeting": ({"planned", "held", "minuted", "published", "withheld", "cancelled"}, BY_HAND),
}


def without_a_row(model):
    there = set(model._base_manager.order_by().values_list("state", flat=True))
    return {str(value) for value, _label in model._meta.get_field("state").flatchoices} - there


def counts() -> list[int]:
    models = (User, Call, Application, Review, Loan, LoanApplication, LedgerEntry, Notice, JobsPlan)
    return [model.objects.count() for model in models]


def test_demo_loads_once_in_every_state_and_exact(capsys):
    call_command("load_demo")
    before = counts()
    call_command("load_demo")
    assert counts() == before

    assert {model.__name__: missing for model in lifecycles() if (missing := without_a_row(model))} == {
        name: states for name, (states, _reason) in WITHOUT_A_ROW.items()
    }
    waiting = Application.objects.get(state="selected", applicant__email=FOUNDERS[5].email)
    assert waiting.agreement_due_on > clock.today()
    assert Loan.objects.filter(days_overdue__gt=0).exists()

    assert not list(differences())
    balance = Loan.objects.aggregate(total=Sum("balance"))["total"]
    outstanding = Loan.objects.filter(state__in=Loan.OUTSTANDING)
    assert balance == outstanding.aggregate(total=Sum("balance"))["total"]
    assert {person.email for person in EVERYBODY} <= set(User.objects.values_list("email", flat=True))


@pytest.mark.parametrize("day", ["2027-03-25", "2028-02-29"])
def test_demo_loads_on_any_day(day, capsys):
    """In spring the stories of two years ago begin around New Year."""
    with time_machine.travel(f"{day}T11:00:00+09:00"):
        call_command("load_demo")
        assert Loan.objects.filter(state="active").exists()


def test_scale_adds_as_many_applications_and_loans_as_asked(capsys):
    call_command("load_demo")
    before = Application.objects.count(), Loan.objects.count()
    call_command("load_demo", "--scale", "3")
    assert (Application.objects.count(), Loan.objects.count()) == (before[0] + 3, before[1] + 3)


@pytest.mark.parametrize("moment", ["2027-01-05T09:00:00+09:00", "2026-11-26T01:30:00+09:00"])
def test_the_loans_of_scale_lie_over_the_whole_life_and_not_in_the_future(moment, capsys):
    with time_machine.travel(moment, tick=False):
        call_command("load_demo")
        call_command("load_demo", "--scale", "24")
        rows = list(Loan.objects.filter(product__code="scale"))
        now, today = clock.now(), clock.today()
        assert not LedgerEntry.objects.filter(recorded_at__gt=now).exists()
        assert not Change.objects.filter(at__gt=now).exists()
        assert not list(differences())
    running = [row for row in rows if row.is_outstanding]
    grace_ends = today - timedelta(days=370)
    assert any(row.disbursed_on > grace_ends for row in running)
    assert any(row.disbursed_on < grace_ends and not row.is_overdue for row in running)
    assert any(row.is_overdue for row in running)
    assert any(row.state == Loan.State.REPAID for row in rows)
    assert len({row.disbursed_on.year for row in rows}) > 4
    assert all(row.entries.count() > 1 for row in rows if row.disbursed_on < today - timedelta(days=200))
