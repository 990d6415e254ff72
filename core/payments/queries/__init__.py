from core.payments.queries.charges import (
    charges_for,
    latest_checkout,
    open_charges_of,
    waiting_checkouts,
)
from core.payments.queries.events import amount_to_accept, events_with_errors, is_problem, waiting_events
from core.payments.queries.office import bank_deposits_for_office, charges_for_office, events_for_office
from core.payments.queries.work import payment_todos

__all__ = [
    "amount_to_accept",
    "bank_deposits_for_office",
    "charges_for",
    "charges_for_office",
    "events_for_office",
    "events_with_errors",
    "is_problem",
    "latest_checkout",
    "open_charges_of",
    "payment_todos",
    "waiting_checkouts",
    "waiting_events",
]
