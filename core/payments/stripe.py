"""All that is said to Stripe, and the check of what Stripe says to us. Nothing else imports ``stripe``."""

import json
import math
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeGuard

import stripe
from django.conf import settings

SESSION_LIFE = timedelta(hours=1)
_TIMEOUT_SECONDS = 20
_NAME = re.compile(r"[!-~]{1,100}")
"""How ids and kinds of events look: short, without anything that a database cannot hold."""
_LAST_MOMENT = 2**32
"""In the year 2106, in seconds: what lies beyond is no moment to reckon with."""


class PaymentServiceDown(Exception):
    """No usable answer: asking again later may help."""


class PaymentServiceRefused(Exception):
    """A clear no: asking again the same way is useless."""


class BadSignature(Exception):
    """The message is not from Stripe, is too old, was changed on the way, or is nothing that Stripe says."""


@dataclass(frozen=True)
class Session:
    """A hosted payment page."""

    id: str
    url: str
    expires_at: datetime


def is_configured() -> bool:
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)


def now() -> datetime:
    """Stripe lives in real time, also when the demo's clock is moved."""
    return datetime.now(UTC)


def create_session(
    *,
    idempotency_key: str,
    reference: str,
    amount: int,
    description: str,
    expires_at: datetime,
    success_url: str,
    cancel_url: str,
) -> Session:
    """Ask for a payment page. The same key and inputs give the same page, however often we ask.

    Sends no personal data: Stripe asks the payer itself for what it needs. Raises ``PaymentServiceDown`` or
    ``PaymentServiceRefused``.
    """
    params: Any = {
        "mode": "payment",
        "locale": "ko",
        "submit_type": "pay",
        "client_reference_id": reference,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "krw",  # has no smaller unit: the amount is in whole won
                    "unit_amount": amount,
                    "product_data": {"name": description},
                },
            }
        ],
        "metadata": {"checkout": reference},
        "payment_intent_data": {"metadata": {"checkout": reference}},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
    }
    session = _ask(
        lambda: _client().v1.checkout.sessions.create(params, {"idempotency_key": idempotency_key})
    )
    if not session.url:
        raise PaymentServiceRefused("the session has no address")
    return Session(session.id, session.url, datetime.fromtimestamp(session.expires_at, UTC))


def expire_session(session_id: str) -> bool:
    """Close a payment page that nobody shall pay on any more; ``False`` when it is too late for that."""
    try:
        _ask(lambda: _client().v1.checkout.sessions.expire(session_id))
    except PaymentServiceRefused:
        return False
    return True


def verified(payload: bytes, signature: str) -> dict[str, Any]:
    """The event in ``payload``, if Stripe signed it within the last five minutes. Raises ``BadSignature``."""
    try:
        stripe.WebhookSignature.verify_header(
            payload, signature, settings.STRIPE_WEBHOOK_SECRET, stripe.Webhook.DEFAULT_TOLERANCE
        )
        event: Any = json.loads(payload, parse_float=_finite, parse_constant=_finite)
    except (stripe.SignatureVerificationError, ValueError, RecursionError) as error:
        raise BadSignature from error
    if not _is_event(event):
        raise BadSignature
    return event


def age_of(event: dict[str, Any]) -> timedelta:
    """How long ago the event happened, by Stripe's clock."""
    return timedelta(seconds=max(0.0, time.time() - float(event.get("created") or time.time())))


def _finite(text: str) -> float:
    """A number that is one: Python takes ``NaN`` and ``1e999`` in JSON, no database does."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _is_event(event: Any) -> TypeGuard[dict[str, Any]]:
    return (
        isinstance(event, dict)
        and event.get("object") == "event"
        and all(_is_name(event.get(field)) for field in ("id", "type"))
        and type(event.get("created")) is int
        and 0 < event["created"] < _LAST_MOMENT
    )


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _client() -> stripe.StripeClient:
    addresses: Any = {"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else {}
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses=addresses,
        max_network_retries=1,
        http_client=stripe.RequestsClient(timeout=_TIMEOUT_SECONDS),
    )


def _ask(question: Any) -> Any:
    try:
        return question()
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as error:
        raise PaymentServiceDown(str(error)) from error
    except stripe.StripeError as error:
        raise PaymentServiceRefused(error.user_message or str(error)) from error
