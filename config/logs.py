"""Structured logs: JSON lines in production, readable lines in the demo. Never personal data."""

from datetime import date
from typing import Any
from uuid import UUID

import structlog

from core.privacy.redaction import WITHHELD, redact

_PERSONAL = frozenset({"email", "name", "phone", "birth_date", "address", "password", "body", "query_string"})


def drop_personal(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank fields that could name a person, at any depth and whoever logs them, and redact all text."""
    return {key: WITHHELD if key in _PERSONAL else _harmless(value) for key, value in event.items()}


def _harmless(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | date | UUID):
        return value
    if isinstance(value, dict):
        return drop_personal(None, "", value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_harmless(item) for item in value]
    if hasattr(value, "_meta"):  # a row of the database: which, not what it says
        return f"{value._meta.label} {value.pk}"  # noqa: SLF001
    return redact(str(value))


def logging_config(*, level: str, as_json: bool) -> dict[str, Any]:
    """Django's ``LOGGING`` with everything through structlog."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        # the plain one: others print local variables, and with them people
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    tail = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        drop_personal,  # last, so that nothing comes in after it
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [*tail, renderer],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level, "propagate": True, "handlers": []},
            # Wagtail tells every edit with the page's title, its tasks every step: neither belongs in a log
            "wagtail": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
        },
    }
