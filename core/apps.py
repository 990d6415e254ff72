from django.apps import AppConfig
from django.db import models


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """The office takes no impossible date or number, whatever for, and refuses with our own pages."""
        from wagtail.admin import widgets
        from wagtail.admin.forms.models import register_form_field_override

        from core.fields import DateField, DateTimeField
        from core.office.door import use_our_refusal
        from core.office.filters import use_our_choice_of_many

        register_form_field_override(
            models.DateField, override={"widget": widgets.AdminDateInput, "form_class": DateField}
        )
        register_form_field_override(
            models.DateTimeField, override={"widget": widgets.AdminDateTimeInput, "form_class": DateTimeField}
        )
        use_our_refusal()
        use_our_choice_of_many()
