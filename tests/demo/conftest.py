"""The stand-in as a process of its own, between the real ``stripe`` library and the real webhook view."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from celery import current_app

from core.accounts.models import Business
from core.payments.signals import money_received

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class StandInProcess:
    """Starts and stops; its memory survives."""

    def __init__(self, *, site, folder):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DEMO": "true",
            "DATABASE_URL": "",  # the stand-in has its own memory, and the demo refuses servers
            "REDIS_URL": "",
            "SITE_URL": site,
            "VAR_DIR": str(folder),
            "STAND_IN_PORT": str(self.port),
            "STRIPE_SECRET_KEY": "sk_test_demo",
            "STRIPE_WEBHOOK_SECRET": "whsec_demo",
            "STRIPE_API_BASE": self.url,
        }
        self.process = None

    def start(self):
        command = [sys.executable, "-m", "demo.stand_in"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                self.open("/nowhere")
            except OSError:
                time.sleep(0.05)
            else:
                return self
        self.stop()
        raise TimeoutError

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None

    def open(self, path, data=None, headers=None):
        """Status, headers and text of an answer; redirects are not followed."""
        request = urllib.request.Request(f"{self.url}{path}", data=data, headers=headers or {})
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode(errors="replace")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


def pointed_at(settings, process):
    settings.STRIPE_SECRET_KEY = "sk_test_demo"
    settings.STRIPE_WEBHOOK_SECRET = "whsec_demo"
    settings.STRIPE_API_BASE = process.url
    return process


@pytest.fixture
def stand_in(settings, tmp_path):
    """The stand-in alone; the site that it would tell is not there."""
    process = StandInProcess(site="http://127.0.0.1:9", folder=tmp_path).start()
    yield pointed_at(settings, process)
    process.stop()


@pytest.fixture
def stand_in_and_site(settings, tmp_path, live_server):
    """The stand-in and the site, which tell each other; tasks run where they are enqueued."""
    current_app.conf.task_always_eager = True
    settings.SITE_URL = live_server.url
    process = StandInProcess(site=live_server.url, folder=tmp_path).start()
    yield pointed_at(settings, process)
    process.stop()
    current_app.conf.task_always_eager = False


@pytest.fixture
def ledger():
    book = []

    def note(**money):
        book.append(money)

    money_received.connect(note, sender=Business, weak=False)
    yield book
    money_received.disconnect(note, sender=Business)
