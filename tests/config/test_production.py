"""With a production environment the platform checks clean, and has nothing of the demo."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import json, django
django.setup()
from django.conf import settings
from django.core import checks
from django.urls import NoReverseMatch, reverse
def exists(name):
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
print(json.dumps({
    "warnings": [str(m) for m in checks.run_checks(include_deployment_checks=True) if m.level >= checks.WARNING],
    "demo": "demo" in settings.INSTALLED_APPS,
    "demo_urls": [name for name in ("demo_login", "demo_mails", "demo_clock") if exists(name)],
    "login": exists("account_login"),
    "manifest": "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"],
    "broker": settings.CELERY_BROKER_URL,
    "vendor": settings.DATABASES["default"]["ENGINE"],
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROBE],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "false",
            "SECRET_KEY": "k3y-" + "0123456789abcdefghij" * 3,
            "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
            "REDIS_URL": "redis://127.0.0.1:9/0",
            "ALLOWED_HOSTS": "startup.example.kr",
            "SITE_URL": "https://startup.example.kr",
            "VAR_DIR": str(tmp_path_factory.mktemp("production")),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def test_check_deploy_is_clean(production):
    assert production["warnings"] == []


def test_nothing_of_the_demo_is_there(production):
    assert not production["demo"]
    assert production["demo_urls"] == []
    assert production["login"]


def test_it_uses_servers_and_the_manifest(production):
    assert production["manifest"]
    assert production["broker"].startswith("redis://")
    assert production["vendor"].endswith("postgresql")
