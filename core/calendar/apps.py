from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "core.calendar"
    verbose_name = "Calendar"
