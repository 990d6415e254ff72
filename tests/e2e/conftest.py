"""The whole platform, as ``make run`` starts it, in a temporary folder; Chromium to look at it with."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def stack(tmp_path_factory) -> Iterator[str]:
    """Web, worker, beat and the stand-in for Stripe, with the demo data; yields the address.

    ``E2E_SITE`` names a platform in demo mode that runs already, for working on these tests.
    """
    if running := os.environ.get("E2E_SITE"):
        yield running
        return
    var_dir = tmp_path_factory.mktemp("e2e")
    port = free_port()
    address = f"http://localhost:{port}"
    log_file = Path(os.environ.get("E2E_LOG", var_dir / "stack.log"))
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.run", "--port", str(port)],
            cwd=ROOT,
            # with the delay of a real payment service, whose waiting page is looked at
            env={**os.environ, "VAR_DIR": str(var_dir), "STAND_IN_DELAY": "5"},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_ready(f"{address}/health/ready", process, log_file)
            yield address
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does; what does not end is killed."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"the platform did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the system: no test tool's own download is needed."""
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visitor(stack, browser) -> Iterator[Visitor]:
    """Somebody with a browser, not signed in."""
    context = browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
    context.set_default_timeout(30_000)
    visitor = Visitor(context.new_page(), stack)
    yield visitor
    visitor.refuse_errors()
    context.close()
