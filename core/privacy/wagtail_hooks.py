from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.privacy.office.report import AccessLogReport


class AccessLogMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("privacy.view_accesslog"))


@hooks.register("register_reports_menu_item")
def access_log_menu_item() -> MenuItem:
    return AccessLogMenuItem(
        _("Access log"), reverse("access_log"), name="access-log", icon_name="history", order=50
    )


@hooks.register("register_admin_urls")
def access_log_urls() -> list[URLPattern]:
    return [
        path("reports/access-log/", AccessLogReport.as_view(), name="access_log"),
        path(
            "reports/access-log/results/",
            AccessLogReport.as_view(results_only=True),
            name="access_log_results",
        ),
    ]
