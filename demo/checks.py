"""The demo lets anybody sign in as anybody, so it must not stand where others reach it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


@register(Tags.security)
def demo_stays_at_home(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The demo app needs demo mode, and demo mode needs local hosts."""
    errors: list[CheckMessage] = []
    if not settings.DEMO:
        errors.append(
            Error(
                "The demo app is installed without demo mode.",
                hint="Remove “demo” from INSTALLED_APPS.",
                id="demo.E001",
            )
        )
    strangers = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)
    if strangers:
        errors.append(
            Error(
                f"Demo mode is on for hosts that others can reach: {', '.join(strangers)}.",
                hint="Set DEMO=false, or ALLOWED_HOSTS to localhost.",
                id="demo.E002",
            )
        )
    return errors
