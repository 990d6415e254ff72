"""Ten times the same money at once is one entry. Only PostgreSQL can show it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, connections

from core import clock
from core.accounts.roles import Role
from core.workflow.actors import SYSTEM
from loans.models import Loan
from loans.queries.proof import differences
from loans.services import repayments
from tests.loans import factories as f

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole file"),
]
CALLERS = 10


@pytest.fixture
def loan():
    ContentType.objects.clear_cache()
    for role in Role:
        Group.objects.get_or_create(name=role)
    return f.loan("active")


def at_once(pay):
    """Run ``pay(n)`` in ten threads from the same moment; return what each got."""
    start = threading.Barrier(CALLERS)

    def one(n):
        try:
            start.wait(timeout=20)
            return pay(n).pk
        except Exception as error:  # noqa: BLE001
            return type(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(one, range(CALLERS)))


def payment(loan: Loan, key: str, on: date | None = None):
    return repayments.post_payment(
        by=SYSTEM, loan=loan, amount=1_000, received_on=on or clock.today(), source="card", payment_key=key
    )


def test_ten_identical_payments_are_one_entry(loan):
    got = at_once(lambda _n: payment(loan, "same"))
    assert len(set(got)) == 1
    assert loan.entries.count() == 2
    loan.refresh_from_db()
    assert loan.unapplied == 1_000


def test_ten_different_payments_are_ten_entries_in_order(loan):
    got = at_once(lambda n: payment(loan, f"key-{n}"))
    assert len(set(got)) == CALLERS
    assert list(loan.entries.values_list("sequence", flat=True)) == list(range(1, CALLERS + 2))
    loan.refresh_from_db()
    assert loan.unapplied == CALLERS * 1_000
    assert list(differences()) == []


def test_without_the_lock_somebody_collides(loan, monkeypatch):
    """The negative control: take the lock away, and the same payment is tried twice."""
    together = threading.Barrier(CALLERS)

    def read_without_locking(row):
        fresh = Loan.objects.get(pk=row.pk)
        together.wait(timeout=20)
        return fresh

    monkeypatch.setattr(repayments, "lock", read_without_locking)
    got = at_once(lambda _n: payment(loan, "same"))
    assert IntegrityError in got
