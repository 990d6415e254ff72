"""The stand-in's doors: the API for the ``stripe`` library, the payment page for people."""

import hmac
import json
import secrets
import time
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from demo.stand_in import pages
from demo.stand_in.api import Api, Refused
from demo.stand_in.messages import Messenger
from demo.stand_in.store import Store

_LARGEST_BODY = 256 * 1024
_WAIT_FOR_SITE_SECONDS = 3.0
_SWEEP_SECONDS = 5.0


class StandIn(ThreadingHTTPServer):
    """Closes overdue sessions between requests, as Stripe does by itself."""

    daemon_threads = True
    api: Api
    delay = 0.0
    _next_sweep = 0.0

    def service_actions(self) -> None:
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + _SWEEP_SECONDS
            self.api.expire_overdue()


def make_server(
    where: tuple[str, int],
    *,
    store: Store,
    messenger: Messenger,
    secret_key: str,
    fonts: Path,
    delay: float = 0.0,
) -> StandIn:
    handler = partial(Handler, messenger=messenger, secret_key=secret_key, fonts=fonts)
    server = StandIn(where, handler)
    server.delay = delay
    server.api = Api(store, address=f"http://{where[0]}:{server.server_address[1]}")
    return server


class Handler(BaseHTTPRequestHandler):
    server: StandIn
    server_version = "good-partner-demo"
    protocol_version = "HTTP/1.1"
    _fonts: ClassVar[dict[str, str]] = {
        weight: f"PretendardGOV-{weight}.subset.woff2" for weight in ("Regular", "Medium", "Bold")
    }

    def __init__(self, *args: Any, messenger: Messenger, secret_key: str, fonts: Path) -> None:
        self.messenger, self.secret_key, self.fonts = messenger, secret_key, fonts
        super().__init__(*args)

    def do_GET(self) -> None:
        match urlsplit(self.path).path.strip("/").split("/"):
            case ["v1", *rest]:
                self._api("GET", rest)
            case ["c", "pay", session_id]:
                self._page(session_id)
            case ["fonts", weight] if weight in self._fonts:
                self._font(weight)
            case _:
                self._html(HTTPStatus.NOT_FOUND, pages.missing())

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        match urlsplit(self.path).path.strip("/").split("/"):
            case ["v1", *rest]:
                self._api("POST", rest, body)
            case ["c", "pay", session_id, "pay"]:
                self._pay(session_id)
            case ["c", "pay", session_id, "fail"]:
                self._refuse_card(session_id)
            case _:
                self._html(HTTPStatus.NOT_FOUND, pages.missing())

    # ── the API ─────────────────────────────────────────────────────────────
    def _api(self, method: str, rest: list[str], body: str = "") -> None:
        api, replayed = self.server.api, False
        try:
            self._check_key()
            match method, rest:
                case "POST", ["checkout", "sessions"]:
                    time.sleep(self.server.delay)
                    answer, replayed = api.create_session(body, self.headers.get("Idempotency-Key", ""))
                case "GET", ["checkout", "sessions", session_id]:
                    answer = api.get(session_id, "checkout.session")
                case "POST", ["checkout", "sessions", session_id, "expire"]:
                    answer = api.expire(session_id)
                    self.messenger.wake()
                case "GET", ["payment_intents", intent_id]:
                    answer = api.get(intent_id, "payment_intent")
                case "GET", ["events", event_id]:
                    answer = api.get(event_id, "event")
                case _:
                    answer = api.unknown(method, self.path)
        except Refused as refused:
            self._json(refused.status, refused.body)
        else:
            self._json(HTTPStatus.OK, answer, replayed=replayed)

    def _check_key(self) -> None:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self.secret_key.encode()):
            raise Refused(401, "Invalid API Key provided.")

    # ── the page for people ─────────────────────────────────────────────────
    def _page(self, session_id: str, *, refused: bool = False) -> None:
        try:
            session = self.server.api.get(session_id, "checkout.session")
        except Refused:
            self._html(HTTPStatus.NOT_FOUND, pages.missing())
            return
        self._html(HTTPStatus.OK, pages.payment(session, refused=refused))

    def _pay(self, session_id: str) -> None:
        try:
            session, message = self.server.api.pay(session_id)
        except Refused:
            self._html(HTTPStatus.NOT_FOUND, pages.missing())
            return
        if session["status"] != "complete":
            self._see_other(f"/c/pay/{session_id}")
            return
        self.messenger.wake()
        if message:
            self.messenger.wait_for(message, _WAIT_FOR_SITE_SECONDS)
        self._see_other(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session_id))

    def _refuse_card(self, session_id: str) -> None:
        try:
            self.server.api.refuse_card(session_id)
        except Refused:
            self._html(HTTPStatus.NOT_FOUND, pages.missing())
            return
        self.messenger.wake()
        self._page(session_id, refused=True)

    def _font(self, weight: str) -> None:
        try:
            content = (self.fonts / self._fonts[weight]).read_bytes()
        except OSError:
            self._html(HTTPStatus.NOT_FOUND, pages.missing())
            return
        self._answer(HTTPStatus.OK, "font/woff2", content, {"Cache-Control": "public, max-age=86400"})

    # ── HTTP ────────────────────────────────────────────────────────────────
    def _body(self) -> str | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "text/plain", b"too large")
            return None
        return self.rfile.read(int(length)).decode(errors="replace")

    def _json(self, status: int, body: dict[str, Any], *, replayed: bool = False) -> None:
        extra = {"Request-Id": f"req_{secrets.token_hex(7)}"}
        if replayed:
            extra["Idempotent-Replayed"] = "true"
        content = json.dumps(body, ensure_ascii=False, indent=2).encode()
        self._answer(status, "application/json", content, extra)

    def _html(self, status: int, text: str) -> None:
        extra = {
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'",
        }
        self._answer(status, "text/html; charset=utf-8", text.encode(), extra)

    def _see_other(self, url: str) -> None:
        self._answer(HTTPStatus.SEE_OTHER, "text/plain", b"", {"Location": url})

    def _answer(
        self, status: int, content_type: str, content: bytes, extra: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the base class's name
        """Quiet: the site's own log tells what matters."""
