from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Content")

    def ready(self) -> None:
        from cms import receivers, rules  # noqa: F401 (registers who may read what)
        from cms.views import pages  # noqa: F401 (registers what each page shows)

        receivers.connect()
