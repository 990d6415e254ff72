"""The part of Stripe's API that the platform uses, with Stripe's shapes, rules and errors."""

import hashlib
import re
import secrets
import time
from typing import Any
from urllib.parse import parse_qsl

from demo.stand_in.store import Store

_SHORTEST, _LONGEST = 30 * 60, 24 * 60 * 60
_LARGEST = 999_999_999_999
API_VERSION = "demo"


class Refused(Exception):
    """An error as Stripe answers it."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error", param: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind, **({"param": param} if param else {})}}


def parse_form(body: str) -> dict[str, Any]:
    """``a[b][0]=c`` → ``{"a": {"b": {"0": "c"}}}``."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        steps = [step for step in re.split(r"[\[\]]+", name) if step]
        node = tree
        for step in steps[:-1]:
            node = node.setdefault(step, {})
            if not isinstance(node, dict):
                raise Refused(400, f"Invalid parameter: {name}", param=name)
        node[steps[-1]] = value
    return tree


class Api:
    """Answers requests; every write is one transaction of the store."""

    def __init__(self, store: Store, *, address: str) -> None:
        self.store = store
        self.address = address

    def create_session(self, body: str, key: str) -> tuple[dict[str, Any], bool]:
        """The session, and whether this is the kept answer of an earlier request with the same key."""
        fingerprint = hashlib.sha256(body.encode()).hexdigest()
        with self.store.transaction():
            kept = self.store.answer_for(key) if key else None
            if kept and kept[0] != fingerprint:
                raise Refused(
                    400,
                    "Keys for idempotent requests can only be used with the same parameters they were first "
                    f"used with. Try using a key other than '{key}' if you meant to execute a different "
                    "request.",
                    kind="idempotency_error",
                )
            if kept:
                return kept[1], True
            session = self._new_session(parse_form(body))
            self.store.put(session)
            if key:
                self.store.keep_answer(key, fingerprint, session)
        return session, False

    def get(self, thing_id: str, kind: str) -> dict[str, Any]:
        found = self.store.get(thing_id)
        if found is None or found["object"] != kind:
            raise Refused(404, f"No such {kind.replace('.', ' ')}: '{thing_id}'", param="id")
        return found

    def unknown(self, method: str, path: str) -> dict[str, Any]:
        raise Refused(404, f"Unrecognized request URL ({method}: {path}).")

    def expire(self, session_id: str) -> dict[str, Any]:
        with self.store.transaction():
            session = self.get(session_id, "checkout.session")
            if session["status"] != "open":
                raise Refused(
                    400,
                    'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session '
                    f"has a status of {session['status']}.",
                )
            return self._close(session)

    def expire_overdue(self) -> int:
        overdue = self.store.open_sessions_past(int(time.time()))
        for session in overdue:
            self.expire(session["id"])
        return len(overdue)

    def pay(self, session_id: str) -> tuple[dict[str, Any], str]:
        """Pay the session once; a second click changes nothing. Returns it and the message's id."""
        with self.store.transaction():
            session = self.get(session_id, "checkout.session")
            if session["status"] == "open" and session["expires_at"] <= time.time():
                session = self._close(session)
            if session["status"] != "open":
                return session, ""
            intent = _payment_intent(session, status="succeeded")
            session |= {
                "status": "complete",
                "payment_status": "paid",
                "payment_intent": intent["id"],
                "url": None,
            }
            self.store.put(intent)
            self.store.put(session)
            return session, self._announce("checkout.session.completed", session)

    def refuse_card(self, session_id: str) -> dict[str, Any]:
        """The card is declined; as with Stripe the page stays open for another try."""
        with self.store.transaction():
            session = self.get(session_id, "checkout.session")
            if session["status"] == "open":
                intent = _payment_intent(session, status="requires_payment_method")
                self.store.put(intent)
                self._announce("payment_intent.payment_failed", intent)
        return session

    def _close(self, session: dict[str, Any]) -> dict[str, Any]:
        session |= {"status": "expired", "url": None}
        self.store.put(session)
        self._announce("checkout.session.expired", session)
        return session

    def _announce(self, kind: str, thing: dict[str, Any]) -> str:
        event = {
            "id": _id("evt_"),
            "object": "event",
            "api_version": API_VERSION,
            "created": int(time.time()),
            "data": {"object": thing},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self.store.put(event)
        self.store.add_message(event)
        return str(event["id"])

    def _new_session(self, params: dict[str, Any]) -> dict[str, Any]:
        amount, currency, description = _line_item(params)
        session_id = _id("cs_test_")
        created = int(time.time())
        return {
            "id": session_id,
            "object": "checkout.session",
            "amount_subtotal": amount,
            "amount_total": amount,
            "cancel_url": params.get("cancel_url"),
            "client_reference_id": params.get("client_reference_id"),
            "created": created,
            "currency": currency,
            "custom_text": {"submit": {"message": description}},
            "expires_at": _expiry(params, created),
            "livemode": False,
            "locale": params.get("locale"),
            "metadata": params.get("metadata", {}),
            "mode": "payment",
            "payment_intent": None,
            "payment_method_types": ["card"],
            "payment_status": "unpaid",
            "status": "open",
            "submit_type": params.get("submit_type"),
            "success_url": _required(params, "success_url"),
            "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
            "url": f"{self.address}/c/pay/{session_id}",
        }


def _line_item(params: dict[str, Any]) -> tuple[int, str, str]:
    if _required(params, "mode") != "payment":
        raise Refused(400, "The stand-in knows the mode 'payment' only.", param="mode")
    item = params.get("line_items", {}).get("0")
    if not isinstance(item, dict) or len(params["line_items"]) != 1:
        raise Refused(400, "Missing required param: line_items.", param="line_items")
    price = item.get("price_data", {})
    currency = str(price.get("currency", "")).lower()
    if currency != "krw":
        raise Refused(400, f"Invalid currency: {currency}.", param="line_items[0][price_data][currency]")
    amount = str(price.get("unit_amount", ""))
    if not amount.isascii() or not amount.isdigit() or not 0 < int(amount) <= _LARGEST:
        where = "line_items[0][price_data][unit_amount]"
        raise Refused(400, f"Invalid integer: {amount}", param=where)
    quantity = str(item.get("quantity", "1"))
    if quantity != "1":
        raise Refused(400, "The stand-in knows the quantity 1 only.", param="line_items[0][quantity]")
    return int(amount), currency, str(price.get("product_data", {}).get("name", ""))


def _expiry(params: dict[str, Any], created: int) -> int:
    if "expires_at" not in params:
        return created + _LONGEST
    wanted = str(params["expires_at"])
    if not wanted.isdigit() or not _SHORTEST <= int(wanted) - created <= _LONGEST:
        raise Refused(
            400,
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session "
            "creation.",
            param="expires_at",
        )
    return int(wanted)


def _required(params: dict[str, Any], name: str) -> str:
    if not params.get(name):
        raise Refused(400, f"Missing required param: {name}.", param=name)
    return str(params[name])


def _payment_intent(session: dict[str, Any], *, status: str) -> dict[str, Any]:
    paid = status == "succeeded"
    return {
        "id": _id("pi_"),
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_received": session["amount_total"] if paid else 0,
        "capture_method": "automatic",
        "confirmation_method": "automatic",
        "created": int(time.time()),
        "currency": session["currency"],
        "description": None,
        "livemode": False,
        "metadata": session["metadata"],
        "payment_method_types": ["card"],
        "status": status,
    }


def _id(prefix: str) -> str:
    return prefix + secrets.token_hex(12)
