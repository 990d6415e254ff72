from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = "Demo"

    def ready(self) -> None:
        if not settings.DEMO:
            raise ImproperlyConfigured("the demo app lets anybody in: it runs with DEMO=true only")
        from core import clock
        from demo import checks, moved_clock  # noqa: F401 — registers the checks

        clock.use_offset(moved_clock.offset)
