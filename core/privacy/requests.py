from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """From where the request came. Behind our proxy it is the last address that the proxy wrote."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For", "")):
        return str(forwarded.rsplit(",", 1)[-1]).strip()
    return str(request.META.get("REMOTE_ADDR") or "")
