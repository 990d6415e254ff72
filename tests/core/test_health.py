"""Alive, and ready: the database, its migrations and the broker."""

import pytest
from django.urls import reverse

from core import health

pytestmark = pytest.mark.django_db


def test_live_answers(client):
    answer = client.get(reverse("health_live"))
    assert (answer.status_code, answer.json()) == (200, {"live": True})
    assert "no-cache" in answer["Cache-Control"]


def test_ready_when_everything_is(client):
    answer = client.get(reverse("health_ready"))
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": True, "migrations": True, "broker": True}


@pytest.mark.parametrize("part", ["database", "migrations", "broker"])
def test_not_ready_when_a_part_is_not(client, monkeypatch, part):
    monkeypatch.setattr(health, f"_{part}", lambda: False)
    answer = client.get(reverse("health_ready"))
    assert answer.status_code == 503
    assert answer.json()[part] is False
    assert answer.json()["ready"] is False


def test_a_broker_that_cannot_be_reached_is_not_ready(monkeypatch):
    from celery import current_app

    def fail(*args, **kwargs):
        raise OSError("nobody there")

    monkeypatch.setattr(type(current_app._get_current_object()), "connection_for_write", fail)
    assert health._broker() is False


def test_a_database_that_cannot_be_reached_is_not_ready(monkeypatch):
    class Nobody:
        def cursor(self):
            raise OSError("nobody there")

    monkeypatch.setattr(health, "connection", Nobody())
    assert health._database() is False
    assert health._migrations() is False
