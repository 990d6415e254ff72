"""Two at once: exactly one wins. Only PostgreSQL can show it, for SQLite locks the whole file."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

from core.accounts.models import User
from core.errors import NotNow
from core.workflow import perform as door
from tests.core.parcels import Parcel

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole file"),
]
CALLERS = 4


@pytest.fixture
def parcel():
    ContentType.objects.clear_cache()
    ContentType.objects.get_for_model(Parcel)
    return Parcel.objects.create(sender=User.objects.create_user(email="sender@example.com", name="Sender"))


def at_once(action):
    """Run ``action`` in several threads from the same moment; return what each got."""
    start = threading.Barrier(CALLERS)

    def one():
        try:
            start.wait(timeout=10)
            action()
        except Exception as error:  # noqa: BLE001
            return type(error)
        else:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CALLERS) as pool:
        return [future.result(timeout=30) for future in [pool.submit(one) for _ in range(CALLERS)]]


def test_one_of_several_at_once_wins(parcel):
    for round_ in range(5):
        got = at_once(lambda: door.perform(parcel, "send", by=parcel.sender))
        assert sorted(got, key=str) == sorted([None] + [NotNow] * (CALLERS - 1), key=str)
        door.perform(parcel, "recall", by=parcel.sender)
        assert parcel.history().count() == 2 * (round_ + 1)


def test_without_the_lock_more_than_one_passes_the_check(parcel, monkeypatch):
    """The negative control: take the lock away, and several pass the check on the state."""
    together = threading.Barrier(CALLERS)

    def read_without_locking(obj):
        row = type(obj)._base_manager.get(pk=obj.pk)
        together.wait(timeout=10)
        return row

    monkeypatch.setattr(door, "lock", read_without_locking)
    got = at_once(lambda: door.perform(parcel, "send", by=parcel.sender))
    # the unique version of the history stops the double change, but not as a refusal that people understand
    assert got.count(None) == 1
    assert NotNow not in got
