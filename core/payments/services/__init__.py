from core.payments.services.charges import cancel_charge, open_charge
from core.payments.services.checkouts import (
    close_session,
    give_up_checkout,
    is_online_payment_available,
    prepare_checkout,
    start_checkout,
)
from core.payments.services.deposits import record_bank_deposit, reverse_bank_deposit
from core.payments.services.events import (
    accept_payment,
    process_event,
    retry_event,
    set_event_aside,
    store_event,
)
from core.payments.services.payloads import forget_payloads

__all__ = [
    "accept_payment",
    "cancel_charge",
    "close_session",
    "forget_payloads",
    "give_up_checkout",
    "is_online_payment_available",
    "open_charge",
    "prepare_checkout",
    "process_event",
    "record_bank_deposit",
    "retry_event",
    "reverse_bank_deposit",
    "set_event_aside",
    "start_checkout",
    "store_event",
]
