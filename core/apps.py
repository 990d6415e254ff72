from django.apps import AppConfig
from django.db import models


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """The forms of the office take no impossible date, whatever they are for."""
        from wagtail.admin import widgets
        from wagtail.admin.forms.models import register_form_field_override

        from core.fields import DateField, DateTimeField

        register_form_field_override(
            models.DateField, override={"widget": widgets.AdminDateInput, "form_class": DateField}
        )
        register_form_field_override(
            models.DateTimeField, override={"widget": widgets.AdminDateTimeInput, "form_class": DateTimeField}
        )
