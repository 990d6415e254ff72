from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core.privacy.models import AccessLog, AccessLogHead
from core.privacy.requests import address_of
from core.privacy.services import record_access, verify_chain
from core.triggers import trigger_names
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    staff, person = UserFactory(), UserFactory()
    return [
        record_access(by=staff, action="view", owner=person, obj=person, reason=f"심사 {n}", ip="192.0.2.1")
        for n in range(4)
    ]


def tamper(statement):
    """As somebody with the database's own password would."""
    with connection.cursor() as cursor:
        for name in trigger_names("privacy_accesslog"):
            on_table = " ON privacy_accesslog" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on_table}")
        cursor.execute(statement)


def test_each_entry_follows_the_one_before(log):
    assert [entry.sequence for entry in log] == [1, 2, 3, 4]
    assert all(after.previous_hash == before.hash for before, after in pairwise(log))
    assert list(verify_chain()) == []


def test_the_command_proves_it(log):
    out = StringIO()
    call_command("verify_access_log", stdout=out)
    assert f"4 entries, unbroken; the chain ends in {log[-1].hash}" in out.getvalue()


def test_an_empty_log_is_whole():
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE privacy_accesslog SET reason = 'x' WHERE sequence = 2", "#2 was changed"),
        ("UPDATE privacy_accesslog SET ip = NULL WHERE sequence = 3", "#3 was changed"),
        ("DELETE FROM privacy_accesslog WHERE sequence = 2", "missing"),
        ("DELETE FROM privacy_accesslog WHERE sequence = 4", "the end is #3, but #4 was written"),
        ("DELETE FROM privacy_accesslog", "the end is #0"),
    ],
)
def test_tampering_shows(log, statement, fault):
    tamper(statement)
    with pytest.raises(CommandError, match=fault):
        call_command("verify_access_log", stdout=StringIO())


@pytest.mark.parametrize(
    "statement", ["UPDATE privacy_accesslog SET reason = 'x'", "DELETE FROM privacy_accesslog"]
)
def test_the_database_refuses_to_rewrite_it(log, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(verify_chain()) == []


def test_the_models_refuse_it_too(log):
    with pytest.raises(TypeError):
        log[0].save()
    with pytest.raises(TypeError):
        log[0].delete()
    with pytest.raises(TypeError):
        AccessLog.objects.all().delete()
    with pytest.raises(TypeError):
        AccessLog.objects.update(reason="x")


def test_what_is_rolled_back_leaves_no_gap(log):
    with transaction.atomic():
        record_access(by=log[0].by, action="view", owner=None, obj=log[0].by)
        transaction.set_rollback(True)
    record_access(by=log[0].by, action="export", owner=None, obj=log[0].by)
    assert AccessLogHead.objects.get().sequence == 5
    assert list(verify_chain()) == []


def test_a_row_that_comes_while_the_chain_is_read_is_no_fault(log, monkeypatch):
    real, arrived = AccessLog.computed_hash, []

    def computed_hash(row):
        if not arrived and row.sequence == 4:
            arrived.append(True)
            record_access(by=log[0].by, action="view", owner=None, obj=log[0].by)
        return real(row)

    monkeypatch.setattr(AccessLog, "computed_hash", computed_hash)
    assert list(verify_chain()) == []
    assert AccessLogHead.objects.get().sequence == 5
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE privacy_accesslog SET sequence = 9 WHERE sequence = 4", "#9 stands beyond the end"),
        ("DELETE FROM privacy_accessloghead", "#1 stands beyond the end"),
    ],
)
def test_a_row_beyond_the_end_shows(log, statement, fault):
    tamper(statement)
    assert fault in list(verify_chain())


def test_the_address_is_the_one_that_our_proxy_saw(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.2")
    assert address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert address_of(request) == "198.51.100.2"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
        ("::FFFF:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        (" 203.0.113.9 ", "203.0.113.9"),
        ("unknown", None),
        ("", None),
        ("1.2.3", None),
    ],
)
def test_however_a_proxy_writes_the_address_the_log_stays_whole(said, kept):
    person = UserFactory()
    record_access(by=person, action="view", owner=None, obj=person, ip=said)
    assert AccessLog.objects.get().ip == kept
    assert list(verify_chain()) == []
