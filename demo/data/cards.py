"""Instalments paid by card: through the same doors as on the day, with the message that Stripe would send."""

from datetime import date
from typing import Any

from core.payments import stripe
from core.payments.models import Checkout
from core.payments.services import process_event, store_event
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from loans.models import Loan
from loans.queries.payments import payment_offers
from loans.services.repayments import request_payment


def pay_by_card(loan: Loan, day: date) -> None:
    """The borrower pays what is due on ``day``."""
    offer = payment_offers(loan, day)[0]
    checkout = request_payment(by=loan.borrower, loan=loan, kind=offer.kind, shown_amount=offer.amount)
    session_id = f"cs_test_demo{loan.pk:06}{day:%Y%m%d}"
    perform(
        checkout,
        "open",
        by=SYSTEM,
        session_id=session_id,
        url=f"https://checkout.example/{session_id}",
        expires_at=checkout.expires_at,
    )
    event = store_event(event=_completed(checkout, session_id, amount=offer.amount))
    process_event(event_pk=event.pk)


def _completed(checkout: Checkout, session_id: str, *, amount: int) -> dict[str, Any]:
    """As far as the platform keeps it; Stripe says more."""
    return {
        "id": f"evt_{session_id}",
        "object": "event",
        "type": "checkout.session.completed",
        "created": int(stripe.now().timestamp()),
        "livemode": False,
        "data": {
            "object": {
                "id": session_id,
                "object": "checkout.session",
                "client_reference_id": str(checkout.idempotency_key),
                "amount_total": amount,
                "currency": "krw",
                "mode": "payment",
                "payment_status": "paid",
                "status": "complete",
            }
        },
    }
