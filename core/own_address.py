"""Where a redirect may lead: addresses of this site and no others."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, url: str) -> str:
    """The path and query of ``url`` where it is one of this site, else nothing."""
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(url)
    path = "/" + parts.path.lstrip("/")  # two slashes would begin another host
    return f"{path}?{parts.query}" if parts.query else path
