"""Hand a task to the broker once the transaction has been committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import structlog
from django.db import transaction

log = structlog.get_logger(__name__)
_left_to_the_beat = ContextVar("left_to_the_beat", default=False)


def after_commit(task: Any, *args: Any) -> None:
    """Enqueue the Celery ``task`` after the commit. A broker that is down never breaks a request.

    Whatever is enqueued this way must also be found by a job of the beat, which then does the work later.
    """
    if not _left_to_the_beat.get():
        transaction.on_commit(partial(_enqueue, task, args))


@contextmanager
def leave_to_the_beat() -> Iterator[None]:
    """Enqueue nothing inside: for loading much at once, whose work the beat finds later."""
    token = _left_to_the_beat.set(True)
    try:
        yield
    finally:
        _left_to_the_beat.reset(token)


def _enqueue(task: Any, args: tuple[Any, ...]) -> None:
    try:
        task.apply_async(args=args, retry=False)
    except Exception as error:  # noqa: BLE001 — the beat does it later, whatever is wrong with the broker
        log.warning("task_not_enqueued", task=task.name, error=type(error).__name__)
