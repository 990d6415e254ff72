"""What loans do when something happens in the rooms below: a committee decides, money comes in."""

from typing import Any

from core.committees.signals import decided
from core.payments.signals import money_received, money_reversed
from loans.models import Loan, LoanApplication
from loans.services.decisions import decide_application
from loans.services.repayments import post_payment, reverse_payment

APPROVED = frozenset({"approved", "amended"})
DEFERRED = "deferred"


def on_decided(*, subject: LoanApplication, decision: Any, by: Any, **_signal: Any) -> None:
    """Select, put on the reserve or reject; a deferred item waits for another meeting."""
    if decision.outcome == DEFERRED:
        return
    decide_application(
        by=by,
        application=subject,
        approved=decision.outcome in APPROVED,
        amount=decision.amount,
        rank=decision.rank,
        reason=decision.note,
    )


def on_money_received(
    *,
    subject: Loan,
    amount: int,
    received_on: Any,
    source: str,
    payment_key: str,
    by: Any,
    asked: bool,
    **_signal: Any,
) -> None:
    """What nobody was asked for any more waits for the next due date instead of repaying ahead of time."""
    post_payment(
        by=by,
        loan=subject,
        amount=amount,
        received_on=received_on,
        source=source,
        payment_key=payment_key,
        hold=not asked,
    )


def on_money_reversed(*, payment_key: str, by: Any, reason: str, **_signal: Any) -> None:
    reverse_payment(by=by, payment_key=payment_key, reason=reason)


def connect() -> None:
    """Called once, when the app is ready."""
    decided.connect(on_decided, sender=LoanApplication, dispatch_uid="loans.decided")
    money_received.connect(on_money_received, sender=Loan, dispatch_uid="loans.money_received")
    money_reversed.connect(on_money_reversed, sender=Loan, dispatch_uid="loans.money_reversed")
