"""``EMAIL_URL`` as Django's mail settings. A password never travels unencrypted."""

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

PORTS = {"smtp": 25, "submission": 587, "smtps": 465}
TIMEOUT = 20
"""Seconds. A mail server that hangs must not hold a worker."""
FORMS = (
    "EMAIL_URL must be submission://user:password@host:587 (STARTTLS), smtps://user:password@host:465 (TLS"
    " from the start) or, for a relay that asks for no password, smtp://host:25."
    " Special characters of the password are written as %XX."
)


def mail_settings(url: str) -> dict[str, Any]:
    """The settings that ``url`` stands for. Raises ``ValueError``, never with the password, for any other."""
    parts, port = _parted(url)
    known = parts.scheme in PORTS and parts.hostname and not parts.query and not parts.fragment
    if not known or parts.path not in {"", "/"}:
        raise ValueError(FORMS)
    if parts.scheme == "smtp" and (parts.username or parts.password):
        raise ValueError(f"smtp:// would send the password unencrypted. {FORMS}")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "submission",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT,
    }


def _parted(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        return parts, parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:  # it would repeat what may be a piece of the password
        raise ValueError(FORMS) from None
