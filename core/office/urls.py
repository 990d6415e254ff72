"""The addresses of the office: Wagtail's, behind our door. What stands before them replaces Wagtail's own."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.accounts.office.account import AccountView
from core.office import door

outside = [
    path("login/", door.to_login, name="office_login"),
    path("password_reset/", door.to_password_reset, name="office_password_reset"),
    path("password_reset/<path:rest>", door.to_password_reset, name="office_password_reset_rest"),
]
inside = [
    path("account/", AccountView.as_view(), name="wagtailadmin_account"),
    path(
        "bulk/<str:app_label>/<str:model_name>/<str:action>/",
        door.change_together,
        name="office_bulk_action",
    ),
]
for decorator in (require_admin_access, never_cache):  # as Wagtail decorates its own
    decorate_urlpatterns(inside, decorator)
for patterns in (inside, wagtailadmin_urls.urlpatterns):
    decorate_urlpatterns(patterns, door.office_only)

urlpatterns: list[URLPattern | URLResolver] = [*outside, *inside, path("", include(wagtailadmin_urls))]
