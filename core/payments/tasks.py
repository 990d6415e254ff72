"""Payments in the background: every call to Stripe, and every message from it."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings

from core import clock
from core.payments import queries, services
from core.payments.stripe import PaymentServiceDown


@shared_task(bind=True, max_retries=4)
def create_checkout_session(self: Any, checkout_id: int) -> None:
    """Get the payment page; a person waits, so the tries are quick and their end is shown."""
    try:
        services.prepare_checkout(checkout_id=checkout_id)
    except PaymentServiceDown as error:
        if self.request.retries >= self.max_retries:
            services.give_up_checkout(checkout_id=checkout_id, error=str(error))
            return
        raise self.retry(exc=error, countdown=2**self.request.retries) from error


@shared_task(bind=True, max_retries=10)
def expire_checkout_session(self: Any, session_id: str) -> None:
    try:
        services.close_session(session_id=session_id)
    except PaymentServiceDown as error:
        raise self.retry(exc=error, countdown=30 * 2**self.request.retries) from error


@shared_task
def process_event(event_pk: int) -> None:
    services.process_event(event_pk=event_pk)


@shared_task
def process_waiting_events() -> None:
    """What a lost worker left behind: events stored but not processed, tries without a payment page."""
    for event_pk in queries.waiting_events().values_list("pk", flat=True)[:500]:
        services.process_event(event_pk=event_pk)
    for checkout_id in queries.waiting_checkouts().values_list("pk", flat=True)[:100]:
        create_checkout_session.delay(checkout_id)


@shared_task
def forget_payloads() -> int:
    """Nightly: the content of messages that were acted upon long ago."""
    return services.forget_payloads(before=clock.now() - timedelta(days=settings.STRIPE_PAYLOAD_DAYS))
