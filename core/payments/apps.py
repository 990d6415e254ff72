from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "core.payments"
    verbose_name = "Payments"

    def ready(self) -> None:
        from core.payments import rules  # noqa: F401 — names the permissions
