import pytest

from core.accounts.models import Business
from core.payments.signals import money_received, money_reversed
from tests.core.payments.factories import SECRET


@pytest.fixture(autouse=True)
def _configured(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"


class Ledger(list):
    """What a subject's app would note; ``broken`` makes it fail."""

    broken = False

    def note(self, **money):
        if self.broken:
            raise RuntimeError("the ledger is broken")
        self.append(money)


@pytest.fixture
def ledger():
    book = Ledger()
    money_received.connect(book.note, sender=Business, weak=False)
    yield book
    money_received.disconnect(book.note, sender=Business)


@pytest.fixture
def reversals():
    found = []

    def note(**what):
        found.append(what)

    money_reversed.connect(note, sender=Business, weak=False)
    yield found
    money_reversed.disconnect(note, sender=Business)


@pytest.fixture
def enqueued(monkeypatch):
    """The tasks that would go to the broker."""
    sent = []

    def note(task, args=(), **_options):
        sent.append((task.name, *args))

    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, args=(), *a, **k: note(self, args))
    return sent
