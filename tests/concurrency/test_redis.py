"""What only Redis can show: a message reaches a worker in another process, and one cache serves all of them."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import caches

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not settings.CELERY_BROKER_URL.startswith("redis"), reason="there is no Redis"),
]
WORKER = """
import sys
from celery import Celery
app = Celery("probe", broker=sys.argv[1])
app.conf.task_default_queue = sys.argv[2]
app.conf.broker_connection_retry_on_startup = True
@app.task(name="probe.write")
def write(path, text):
    open(path, "w").write(text)
app.worker_main(["worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle"])
"""


def test_a_message_reaches_a_worker_in_another_process(tmp_path):
    queue, target = f"probe-{uuid.uuid4().hex}", tmp_path / "written"
    # sent while nobody listens: it waits
    current_app.send_task("probe.write", args=[str(target), "here"], queue=queue)
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, settings.CELERY_BROKER_URL, queue],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "C_FORCE_ROOT": "1"},
    )
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end and not target.exists():
            time.sleep(0.1)
        assert target.read_text(encoding="utf-8") == "here"
    finally:
        worker.terminate()
        worker.wait(timeout=20)


def test_one_cache_serves_every_process():
    key = uuid.uuid4().hex
    backend = settings.CACHES["default"]
    script = (
        "import sys\n"
        "from django.conf import settings\n"
        "settings.configure(CACHES={'default': {'BACKEND': sys.argv[1], 'LOCATION': sys.argv[2], 'KEY_PREFIX': sys.argv[3]}})\n"
        "from django.core.cache import cache\n"
        "cache.set(sys.argv[4], 'seen', 60)\n"
    )
    arguments = [backend["BACKEND"], backend["LOCATION"], backend["KEY_PREFIX"], key]
    subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, check=True)
    assert caches["default"].get(key) == "seen"
