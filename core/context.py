from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import clock


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to know about where it stands."""
    return {
        "demo": settings.DEMO,
        "official_site": settings.OFFICIAL_SITE,
        "server_now": clock.now(),
    }
