from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "core.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from core.notices import rules  # noqa: F401
        from core.notices.registry import tell
        from core.privacy.registry import register_data_subject
        from core.workflow.signals import state_changed

        state_changed.connect(tell, dispatch_uid="core.notices.tell")
        register_data_subject("notices.Notice", lambda notice: notice.recipient)
        autodiscover_modules("notices")
