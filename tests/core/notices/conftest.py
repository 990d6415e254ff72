import copy
from pathlib import Path

import pytest
from celery import current_app


@pytest.fixture(autouse=True)
def _own_templates(settings) -> None:
    """The templates of these tests, beside the project's."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def eager():
    """Tasks run where they are enqueued."""
    before = current_app.conf.get("task_always_eager", False)
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = before


@pytest.fixture
def dead_broker(monkeypatch) -> None:
    """Nothing can be enqueued."""
    from core.notices import tasks

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("the broker is down")

    monkeypatch.setattr(tasks.deliver_notice, "apply_async", refuse)
