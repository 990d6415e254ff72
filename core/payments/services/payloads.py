"""What is kept of a message from Stripe: what was paid for which try, not who paid with which card."""

import math
import re
from datetime import datetime
from typing import Any

from core.payments.models import StripeEvent

ENVELOPE = ("id", "object", "type", "created", "livemode", "api_version")
OBJECT = (
    *("id", "object", "client_reference_id", "payment_intent", "charge", "created", "expires_at", "mode"),
    *("amount", "amount_captured", "amount_received", "amount_refunded", "amount_total", "currency"),
    *("status", "payment_status", "paid", "refunded", "disputed", "livemode", "reason"),
)
LONGEST = 200
HALF_A_LETTER = re.compile(r"[\ud800-\udfff]")
"""JSON can write it alone; PostgreSQL refuses it."""


def needed_of(event: dict[str, Any]) -> dict[str, Any]:
    """The fields that are acted upon or that explain a problem; all others may hold personal data."""
    data = event.get("data")
    about = data.get("object") if isinstance(data, dict) else None
    kept = _plain(event, ENVELOPE)
    if isinstance(about, dict):
        kept["data"] = {"object": _plain(about, OBJECT)}
    return kept


def forget_payloads(*, before: datetime) -> int:
    """Empty what was done before ``before``; the event stays, so that it counts once. Returns how many."""
    done = StripeEvent.objects.filter(processed_at__lt=before).exclude(payload={})
    return done.update(payload={})


def _plain(fields: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Those of ``names`` with a simple value: what is nested has fields of its own."""
    found = {name: fields[name] for name in names if name in fields}
    return {name: value for name, value in found.items() if _is_plain(value)}


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST and "\x00" not in value and not HALF_A_LETTER.search(value)
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, bool | int)
