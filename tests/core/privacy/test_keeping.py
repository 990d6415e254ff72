"""The log is proved and trimmed every night; what is younger than a year is never given up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState
from pydantic import ValidationError

from config.celery import SCHEDULE
from config.env import Env
from core import clock
from core.privacy.models import AccessLog, AccessLogHead
from core.privacy.services import forget_accesses, record_access, verify_chain
from core.privacy.tasks import tend_access_log
from core.triggers import let_go_of_old_rows
from tests.core.accounts.factories import UserFactory
from tests.core.privacy.test_access_log import tamper
from tests.core.test_triggers import Editor

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def at(monkeypatch):
    """Accesses so many days ago; afterwards it is today."""
    person = UserFactory()

    def access(*days):
        for ago in days:
            monkeypatch.setattr(clock, "now", lambda ago=ago: NOW - timedelta(days=ago))
            record_access(by=person, action="view", owner=person, obj=person)
        monkeypatch.setattr(clock, "now", lambda: NOW)

    return access


def kept():
    return list(AccessLog.objects.order_by("sequence").values_list("sequence", flat=True))


def test_two_years_are_kept_by_default(at):
    at(900, 800, 731, 729, 400, 1)
    assert tend_access_log() == 3
    assert kept() == [4, 5, 6]
    assert list(verify_chain()) == []
    assert tend_access_log() == 0
    at(0)
    assert list(verify_chain()) == []
    assert AccessLogHead.objects.get().sequence == 7


def test_the_time_is_a_setting(at, settings):
    settings.ACCESS_LOG_DAYS = 1000
    at(1001, 999, 1)
    assert tend_access_log() == 1
    assert kept() == [2, 3]


def test_less_than_a_year_cannot_be_set():
    with pytest.raises(ValidationError):
        Env(_env_file=None, secret_key="x" * 60, access_log_days=365)


def test_an_empty_log_and_a_silent_one(at):
    assert tend_access_log() == 0
    at(900, 800)  # nobody has come for two years: what lies within a year of the last access stays
    assert tend_access_log() == 0
    assert kept() == [1, 2]


def test_whoever_asks_a_year_stays(at):
    at(800, 300, 1)
    assert forget_accesses(before=NOW) == 1
    assert kept() == [2, 3]


def test_the_database_gives_up_no_row_of_the_last_year(at):
    at(800, 300, 1)
    for sequence in (2, 3):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM privacy_accesslog WHERE sequence = %s", [sequence])
    assert kept() == [1, 2, 3]


def test_an_old_row_taken_out_by_hand_shows(at):
    at(800, 700, 1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM privacy_accesslog WHERE sequence = 1")
    assert list(verify_chain()) == ["#1–#1 missing"]


def test_a_broken_chain_is_reported_and_left_as_it_is(at, monkeypatch):
    at(900, 800, 1)
    tamper("UPDATE privacy_accesslog SET reason = 'x' WHERE sequence = 3")
    said = []
    monkeypatch.setattr("core.privacy.tasks.log.error", lambda event, **facts: said.append((event, facts)))
    assert tend_access_log() == 0
    assert kept() == [1, 2, 3]
    assert said == [("access_log_broken", {"faults": ["#3 was changed"], "count": 1})]


def test_it_happens_every_night():
    assert "core.privacy.tasks.tend_access_log" in {entry["task"] for entry in SCHEDULE.values()}


def test_letting_go_is_reversible():
    operation, editor, state = let_go_of_old_rows("probe2", column="at", days=365), Editor(), ProjectState()
    assert "probe2" in operation.describe()
    moment = "timestamptz" if connection.vendor == "postgresql" else "datetime"
    editor.execute(f"CREATE TABLE probe2 (at {moment})")
    editor.execute("INSERT INTO probe2 VALUES ('2024-01-01 00:00:00'), ('2026-01-01 00:00:00')")
    operation.database_forwards("core", editor, state, state)
    with pytest.raises(IntegrityError), transaction.atomic():
        editor.execute("UPDATE probe2 SET at = at")
    with pytest.raises(IntegrityError), transaction.atomic():
        editor.execute("DELETE FROM probe2")
    editor.execute("DELETE FROM probe2 WHERE at < '2025-01-01'")
    editor.execute("INSERT INTO probe2 VALUES ('2024-01-01 00:00:00')")
    operation.database_backwards("core", editor, state, state)
    with pytest.raises(IntegrityError), transaction.atomic():
        editor.execute("DELETE FROM probe2 WHERE at < '2025-01-01'")
