"""The environment is read once, typed, and refused where its parts cannot work together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from config import env as env_module
from config.env import DEMO_SECRET, Env

ROOT = Path(__file__).resolve().parents[2]
SECRET = "s" * 20 + "0123456789" * 4
SERVERS = {"database_url": "postgres://u@localhost/x", "redis_url": "redis://localhost:1/0"}


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """No variable of this machine speaks."""
    for name in Env.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(**values):
    return Env(_env_file=None, **values)


@pytest.fixture
def outside_tests(monkeypatch):
    monkeypatch.setattr(env_module, "in_test_run", lambda: False)


def test_refuses_to_start_without_a_secret():
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        read()


def test_refuses_the_public_secret_of_the_demo():
    with pytest.raises(ValidationError, match="public"):
        read(secret_key=DEMO_SECRET)


@pytest.mark.usefixtures("outside_tests")
@pytest.mark.parametrize("names", [["database_url"], ["redis_url"], ["database_url", "redis_url"]])
def test_refuses_demo_mode_over_servers(names):
    """One of the two is enough: a database with real people must not be open to anybody."""
    with pytest.raises(ValidationError, match="DEMO"):
        read(demo=True, secret_key=SECRET, **{name: SERVERS[name] for name in names})


def test_a_variable_cannot_claim_to_be_a_test_run():
    """The one allowance for demo mode over servers is a test run's, and pytest must really be there."""
    script = "import config.env"
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DEMO": "true",
            "TESTING": "true",
            "PYTEST_VERSION": "9",
            "PYTEST_CURRENT_TEST": "x",
            **{name.upper(): value for name, value in SERVERS.items()},
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "DEMO offers logins to anybody" in result.stderr


def test_the_demo_brings_what_it_needs():
    demo = read(demo=True)
    assert demo.secret_key.get_secret_value() == DEMO_SECRET
    assert demo.stripe_api_base.startswith("http://127.0.0.1:")
    assert not demo.behind_tls


def test_production_is_behind_tls_and_asks_for_nothing_else():
    production = read(secret_key=SECRET, **SERVERS)
    assert production.behind_tls
    assert production.uses_servers
    assert not production.demo
    assert not production.debug


def test_hosts_are_a_list():
    assert read(secret_key=SECRET, allowed_hosts="a.example, b.example,").hosts == ["a.example", "b.example"]


def test_every_variable_of_the_example_is_a_field():
    lines = (ROOT / "deploy" / "example.env").read_text(encoding="utf-8").splitlines()
    names = {
        line.lstrip("#").split("=")[0] for line in lines if "=" in line and line.lstrip("#")[0].isupper()
    }
    assert {name.lower() for name in names} - {"postgres_password"} <= set(Env.model_fields)
