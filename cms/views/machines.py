"""What search engines read."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

PRIVATE = [
    "/office/",
    "/me/",
    "/accounts/",
    "/applications/",
    "/reviews/",
    "/documents/",
    "/payments/",
    "/notices/",
]
OTHER_PAGES = ["jobs_plan", "loan_calculator"]


class PageSitemap(Sitemap[Page]):
    """Live pages that everybody may read, under the address that this installation is known by."""

    def items(self) -> list[Page]:
        return list(Page.objects.live().public().filter(depth__gt=1).order_by("path"))

    def location(self, item: Page) -> str:
        return str(item.url)

    def lastmod(self, item: Page) -> object:
        return item.last_published_at


class ViewSitemap(Sitemap[str]):
    def items(self) -> list[str]:
        return OTHER_PAGES

    def location(self, item: str) -> str:
        return reverse(item)


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    return django_sitemap(request, {"pages": PageSitemap(), "views": ViewSitemap()})


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """A demonstration is for nobody's index; production keeps machines out of what is private."""
    closed = ["/"] if settings.DEMO else PRIVATE
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
