from collections import defaultdict

import pytest
from django.db import transaction

from core.notices import registry
from core.workflow.actors import SYSTEM
from core.workflow.perform import perform
from tests.core.accounts.factories import UserFactory
from tests.core.parcels import Parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    monkeypatch.setattr(registry, "_handlers", defaultdict(list))
    told = []

    @registry.on("core.Parcel", "send")
    def tell(change, parcel):
        assert transaction.get_connection().in_atomic_block
        told.append((change.transition, parcel.pk))

    return told


def test_a_handler_hears_of_its_transition_only(told):
    sender = UserFactory()
    parcel = Parcel.objects.create(sender=sender)
    perform(parcel, "send", by=sender)
    perform(parcel, "deliver", by=SYSTEM)
    assert told == [("send", parcel.pk)]


def test_a_handler_that_fails_undoes_the_transition(told):
    @registry.on("core.Parcel", "send")
    def fail(change, parcel):
        raise RuntimeError

    sender = UserFactory()
    parcel = Parcel.objects.create(sender=sender)
    with pytest.raises(RuntimeError):
        perform(parcel, "send", by=sender)
    parcel.refresh_from_db()
    assert parcel.state == Parcel.State.PACKED
