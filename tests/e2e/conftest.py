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

from tests.e2e.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def stack(tmp_path_factory) -> Iterator[str]:
    """Web, worker, beat and the stand-in for Stripe, with the demo data; yields the address."""
    var_dir = tmp_path_factory.mktemp("e2e")
    port = free_port()
    environment = {
        **os.environ,
        "DEMO": "true",
        "VAR_DIR": str(var_dir),
        "PORT": str(port),
        "STAND_IN_PORT": str(free_port()),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    for command in ("migrate", "load_demo"):
        subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=environment, check=True)
    log = (var_dir / "stack.log").open("wb")
    process = subprocess.Popen(
        [Path(sys.executable).parent / "honcho", "-f", "Procfile.demo", "start"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/health/ready", process, var_dir / "stack.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()
        if folder := os.environ.get("E2E_LOGS"):
            shutil.copy(var_dir / "stack.log", Path(folder) / "stack.log")


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"the platform did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    return {
        **browser_type_launch_args,
        "executable_path": executable,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args) -> dict:
    return {**browser_context_args, "locale": "ko-KR", "timezone_id": "Asia/Seoul"}


@pytest.fixture
def visitor(stack, browser, browser_context_args) -> Iterator[Visitor]:
    """Somebody with a browser, not signed in; each test may open several."""
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(15_000)
    yield Visitor(context.new_page(), stack)
    context.close()
