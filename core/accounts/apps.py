from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "core.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from core.accounts import leaving, receivers, rules, worklist  # noqa: F401
        from core.accounts.queries import first_owner
        from core.accounts.queries.leaving import own_holdings
        from core.accounts.todos import invitation_todos
        from core.privacy.registry import register_data_subject

        receivers.connect()
        worklist.register(invitation_todos)
        leaving.register(own_holdings)
        register_data_subject("accounts.Business", first_owner)
