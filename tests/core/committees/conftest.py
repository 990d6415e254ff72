import pytest

from core.accounts.models import Business
from core.committees.signals import decided
from tests.core.committees.factories import businesses_wait


class Consequences(list):
    """What a subject's app would do; ``broken`` makes it fail."""

    broken = False

    def carry_out(self, **facts):
        if self.broken:
            raise RuntimeError("it cannot be done")
        self.append(facts)


@pytest.fixture
def consequences():
    found = Consequences()
    decided.connect(found.carry_out, sender=Business, weak=False)
    yield found
    decided.disconnect(found.carry_out, sender=Business)


@pytest.fixture(autouse=True)
def _businesses_wait():
    with businesses_wait():
        yield


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda *_args, **_options: None)
