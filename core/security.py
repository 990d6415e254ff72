"""Which content a page may load and where it may send forms: a policy per face of the site."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

Policy = dict[str, tuple[str, ...]]

BASE: Policy = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "style-src-attr": ("'unsafe-inline'",),  # drawn data: the length of a bar
    "img-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
# Wagtail's editor and its previews write scripts and styles into the page, and show pages in a frame.
OFFICE: Policy = {
    **BASE,
    "script-src": ("'self'", "'unsafe-inline'"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:", "blob:"),
    "frame-ancestors": ("'self'",),
}
# A browser applies form-action to every redirect that follows a form, too: here, paying.
ELSEWHERE = ("https://checkout.stripe.com",)


class ContentSecurityMiddleware:
    """Sends the policies with every page, unless the view has set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        stand_in = (
            f"http://localhost:{settings.STAND_IN_PORT}",
            f"http://127.0.0.1:{settings.STAND_IN_PORT}",
        )
        forms = ("'self'", *ELSEWHERE, *(stand_in if settings.DEMO else ()))
        bucket = ("https:",) if settings.STORAGES["default"]["BACKEND"].startswith("storages.") else ()
        self.public = _header({**BASE, "img-src": (*BASE["img-src"], *bucket), "form-action": forms})
        self.office = _header(
            {**OFFICE, "img-src": (*OFFICE["img-src"], *bucket), "form-action": ("'self'",)}
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        in_office = request.path.startswith(reverse("wagtailadmin_home"))
        response.headers.setdefault("Content-Security-Policy", self.office if in_office else self.public)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


def _header(policy: Policy) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())
