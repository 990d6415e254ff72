import pytest

from core.documents import registry
from core.documents.registry import register_owner
from core.privacy import registry as privacy
from tests.core.accounts.factories import UserFactory
from tests.core.parcels import Parcel


@pytest.fixture
def sender(db):
    return UserFactory(name="보낸 사람")


@pytest.fixture
def parcel(sender, monkeypatch):
    """Something that owns documents: its sender may do all, everybody called “reader” may read."""
    monkeypatch.setattr(registry, "_owners", {})
    monkeypatch.setattr(privacy, "_persons", {})
    register_owner(
        "core.Parcel",
        can_view=lambda user, parcel: user.pk == parcel.sender_id or user.name == "reader",
        can_change=lambda user, parcel: user.pk == parcel.sender_id,
        person=lambda parcel: parcel.sender,
    )
    return Parcel.objects.create(sender=sender)
