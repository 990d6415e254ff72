from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "core.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from core.accounts import leaving, rules  # noqa: F401
        from core.accounts.queries.leaving import own_holdings

        leaving.register(own_holdings)
