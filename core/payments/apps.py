from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "core.payments"
    verbose_name = "Payments"

    def ready(self) -> None:
        from core.accounts import worklist
        from core.payments import rules  # noqa: F401 — names the permissions
        from core.payments.queries import payment_todos
        from core.privacy.registry import data_subject, register_data_subject

        worklist.register(payment_todos)
        register_data_subject("payments.Charge", lambda charge: charge.payer)
        register_data_subject("payments.BankDeposit", lambda deposit: data_subject(deposit.subject))
