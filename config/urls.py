"""Every door of the house. Wagtail's pages come last: they answer for whatever is left."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls

from core.accounts.views import privacy_policy
from core.office.door import to_login
from core.pictures import picture

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", include("core.health")),
    path("accounts/", include("core.accounts.entrance_urls")),
    path("privacy/", privacy_policy, name="privacy_policy"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("me/", include("core.accounts.urls")),
    path("notices/", include("core.notices.urls")),
    path("documents/", include("core.documents.urls")),
    path("payments/", include("core.payments.urls")),
    path("", include("incubator.urls")),
    path("loans/", include("loans.urls")),
    path("jobs-plan/", include("impact.urls")),
    path("files/", include(wagtaildocs_urls)),
    path("office/", include("cms.office.urls")),
    path("office/", include("core.office.urls")),
    path("", include("cms.urls")),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("demo.urls"))]
if not settings.STORAGES["default"]["BACKEND"].startswith("storages."):
    urlpatterns += [path("media/images/<path:name>", picture, name="picture")]
urlpatterns += [
    path("_util/login/", to_login, name="pages_login"),  # Wagtail's, for pages with a restricted view
    path("", include(wagtail_urls)),
]
