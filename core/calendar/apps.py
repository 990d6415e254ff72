from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "core.calendar"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        from core.calendar import rules  # noqa: F401
