"""Structured logs: JSON lines in production, readable lines in the demo. Never personal data."""

from typing import Any

import structlog

_PERSONAL = frozenset({"email", "name", "phone", "birth_date", "address", "password", "body", "query_string"})


def drop_personal(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank fields that could name a person, whoever logs them."""
    return {key: "[withheld]" if key in _PERSONAL else value for key, value in event.items()}


def logging_config(*, level: str, as_json: bool) -> dict[str, Any]:
    """Django's ``LOGGING`` with everything through structlog."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        drop_personal,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer()
    )
    tail = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        tail.append(structlog.processors.format_exc_info)  # type: ignore[arg-type]
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
