from wagtail import hooks

from core.payments.office.viewsets import PaymentsGroup


@hooks.register("register_admin_viewset")
def register_payments() -> PaymentsGroup:
    return PaymentsGroup()
