"""The addresses of the office: Wagtail's, behind our door. What stands before them replaces Wagtail's own."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.accounts.office.account import AccountView
from core.office import door

outside = [
    path("login/", door.to_login, name="office_login"),
    path("password_reset/", door.to_password_reset, name="office_password_reset"),
    path("password_reset/<path:rest>", door.to_password_reset, name="office_password_reset_rest"),
]
inside = door.behind_the_door(
    [
        path("account/", AccountView.as_view(), name="wagtailadmin_account"),
        path(
            "bulk/<str:app_label>/<str:model_name>/<str:action>/",
            door.change_together,
            name="office_bulk_action",
        ),
    ]
)
for decorator in door.AT_THE_DOOR:
    decorate_urlpatterns(wagtailadmin_urls.urlpatterns, decorator)

urlpatterns: list[URLPattern | URLResolver] = [*outside, *inside, path("", include(wagtailadmin_urls))]
