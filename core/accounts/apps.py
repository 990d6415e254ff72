from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "core.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from core.accounts import rules  # noqa: F401
        from core.accounts.queries import first_owner
        from core.privacy.registry import register_data_subject

        register_data_subject("accounts.Business", first_owner)
