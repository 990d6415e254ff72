"""How the office looks to a member of staff. Name, address and password are changed where everybody's are."""

from typing import Any

from wagtail.admin.views import account

PANELS = (account.NotificationsSettingsPanel, account.LocaleSettingsPanel, account.ThemeSettingsPanel)


class AccountView(account.AccountView):
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if isinstance(panel, PANELS)]
