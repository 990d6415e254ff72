from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "core.payments"
    verbose_name = "Payments"
