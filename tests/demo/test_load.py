"""The demo data: once, in every state, and exact."""

import pytest
from django.core.management import call_command
from django.db.models import Sum

from core.accounts.models import User
from core.notices.models import Notice
from demo.data.people import EVERYBODY
from impact.models import JobsPlan
from incubator.models import Application, Call, Review
from loans.models import LedgerEntry, Loan, LoanApplication
from loans.queries.proof import differences

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    models = (User, Call, Application, Review, Loan, LoanApplication, LedgerEntry, Notice, JobsPlan)
    return [model.objects.count() for model in models]


def test_demo_loads_once_in_every_state_and_exact(capsys):
    call_command("load_demo")
    before = counts()
    call_command("load_demo")
    assert counts() == before

    states = set(Application.objects.values_list("state", flat=True))
    assert states >= set(Application.State.values) - {"selected", "rejected"}
    lent = set(LoanApplication.objects.values_list("state", flat=True))
    assert lent >= {"draft", "submitted", "returned", "eligible", "ineligible", "rejected", "contracted"}
    assert set(Loan.objects.values_list("state", flat=True)) >= {"prepared", "approved", "active", "repaid"}
    assert Loan.objects.filter(days_overdue__gt=0).exists()

    assert not list(differences())
    balance = Loan.objects.aggregate(total=Sum("balance"))["total"]
    assert balance == Loan.objects.filter(state="active").aggregate(total=Sum("balance"))["total"]
    assert {person.email for person in EVERYBODY} <= set(User.objects.values_list("email", flat=True))


def test_scale_adds_as_many_applications_and_loans_as_asked(capsys):
    call_command("load_demo")
    before = Application.objects.count(), Loan.objects.count()
    call_command("load_demo", "--scale", "3")
    assert (Application.objects.count(), Loan.objects.count()) == (before[0] + 3, before[1] + 3)
