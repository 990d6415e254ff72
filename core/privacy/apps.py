from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "core.privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from core.privacy import rules  # noqa: F401
