"""Signed messages to the site, repeated until it takes them."""

import hashlib
import hmac
import threading
import time
import urllib.error
import urllib.request

from demo.stand_in.store import Store

_TIMEOUT_SECONDS = 10
_LONGEST_PAUSE = 60
_OK = range(200, 300)


def signature(body: str, secret: str, moment: int) -> str:
    """The ``Stripe-Signature`` header: HMAC-SHA256 over the time and the body."""
    digest = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


class Messenger:
    """Carries events to the site from a thread of its own."""

    def __init__(self, store: Store, *, url: str, secret: str) -> None:
        self._store, self._url, self._secret = store, url, secret
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="messages", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._wake.set()

    def wake(self) -> None:
        self._wake.set()

    def wait_for(self, message_id: str, seconds: float) -> bool:
        """Give the site a moment to hear of it before the payer is back there."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._store.is_delivered(message_id):
                return True
            time.sleep(0.02)
        return False

    def deliver_due(self) -> None:
        for message_id, body, attempts in self._store.due_messages():
            delivered = self._post(body)
            pause = min(2**attempts, _LONGEST_PAUSE)
            self._store.note_attempt(message_id, delivered=delivered, due=time.time() + pause)

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            self.deliver_due()
            self._wake.wait(timeout=0.5)

    def _post(self, body: str) -> bool:
        request = urllib.request.Request(  # noqa: S310 — the address is our own setting
            self._url,
            data=body.encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Stripe-Signature": signature(body, self._secret, int(time.time())),
                "User-Agent": "good-partner-demo-stand-in",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
                return response.status in _OK
        except (urllib.error.URLError, OSError):
            return False
