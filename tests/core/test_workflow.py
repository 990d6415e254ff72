"""The one door for state changes: who before when, all or nothing, and a history of everything."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_fsm import TransitionNotAllowed

from core import clock
from core.accounts.models import User
from core.accounts.roles import Role
from core.errors import NotAllowed, NotNow, Stale
from core.workflow.actors import SYSTEM
from core.workflow.models import Change
from core.workflow.perform import can_perform, lock, perform, record_edit, refuse_stale
from core.workflow.signals import state_changed
from tests.core.accounts.factories import UserFactory
from tests.core.parcels import Parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender():
    return User.objects.create_user(email="sender@example.com", name="Sender")


@pytest.fixture
def stranger():
    return User.objects.create_user(email="stranger@example.com", name="Stranger")


@pytest.fixture
def parcel(sender):
    ContentType.objects.clear_cache()  # the parcel's is made by each test, and gone after it
    return Parcel.objects.create(sender=sender)


@pytest.fixture
def receiver():
    """Connects functions to ``state_changed`` for one test."""
    connected = []

    def connect(function):
        state_changed.connect(function, sender=Parcel, weak=False)
        connected.append(function)

    yield connect
    for function in connected:
        state_changed.disconnect(function, sender=Parcel)


def unchanged(parcel):
    row = Parcel.objects.get(pk=parcel.pk)
    return (row.state, row.version, row.note, row.history().count()) == ("packed", 0, "", 0)


def test_perform_changes_the_state_and_returns_the_fresh_row(parcel, sender):
    row = perform(parcel, "send", by=sender, note="fragile")
    assert (row.state, row.version, row.note) == ("sent", 1, "fragile")
    stored = Parcel.objects.get(pk=parcel.pk)
    assert (stored.state, stored.version, stored.note) == ("sent", 1, "fragile")


def test_the_history_says_from_to_who_why_and_when(parcel, sender):
    before = clock.now()
    perform(parcel, "send", by=sender, reason="It was ready.")
    change = parcel.history().get()
    assert (change.transition, change.source, change.target) == ("send", "packed", "sent")
    assert (change.by, change.reason, change.version) == (sender, "It was ready.", 1)
    assert before <= change.at <= clock.now()
    assert "packed → sent" in str(change)


def test_the_history_is_newest_first_and_of_this_object_only(parcel, sender):
    other = Parcel.objects.create(sender=sender)
    for name in ("send", "recall", "send"):
        perform(parcel, name, by=sender)
    perform(other, "send", by=sender)
    assert [change.version for change in parcel.history()] == [3, 2, 1]
    assert other.history().count() == 1


def test_the_wrong_person_is_not_allowed(parcel, stranger):
    with pytest.raises(NotAllowed):
        perform(parcel, "send", by=stranger)
    assert unchanged(parcel)


def test_who_is_asked_before_when(parcel, stranger, sender):
    """A stranger learns nothing about the state, not even by the kind of refusal."""
    with pytest.raises(NotAllowed):
        perform(parcel, "recall", by=stranger)
    with pytest.raises(NotAllowed):
        perform(parcel, "recall", by=stranger, expected_version=7)
    with pytest.raises(NotNow):
        perform(parcel, "recall", by=sender)
    assert unchanged(parcel)


def test_nobody_bypasses_the_rule(parcel):
    root = User.objects.create_superuser(email="root@example.com", name="Root", password="x")
    with pytest.raises(NotAllowed):
        perform(parcel, "send", by=root)
    with pytest.raises(NotAllowed):
        perform(parcel, "send", by=AnonymousUser())
    assert unchanged(parcel)


def test_an_inactive_person_may_do_nothing(parcel, sender):
    sender.is_active = False
    sender.save()
    with pytest.raises(NotAllowed):
        perform(parcel, "send", by=sender)
    assert unchanged(parcel)


def test_the_platform_may_only_do_what_lets_it_in(parcel, sender):
    with pytest.raises(NotAllowed):
        perform(parcel, "send", by=SYSTEM)
    perform(parcel, "send", by=sender)
    perform(parcel, "recall", by=SYSTEM)
    change = parcel.history().first()
    assert change.by is None
    assert str(SYSTEM) == "system"


def test_a_transition_without_permission_is_closed_to_people(parcel, sender):
    perform(parcel, "send", by=sender)
    with pytest.raises(NotAllowed):
        perform(parcel, "deliver", by=sender)
    assert perform(parcel, "deliver", by=SYSTEM).state == "delivered"


def test_a_condition_that_is_not_met_is_not_now(parcel, sender):
    Parcel.objects.filter(pk=parcel.pk).update(stamped=False)
    with pytest.raises(NotNow):
        perform(parcel, "send", by=sender)
    assert unchanged(parcel)


def test_a_transition_may_refuse_in_its_own_words(parcel, sender):
    with pytest.raises(NotNow, match="last post"):
        perform(parcel, "send", by=sender, note="too late")
    assert unchanged(parcel)


def test_a_stale_page_is_told_what_changed(parcel, sender):
    perform(parcel, "send", by=sender, expected_version=0)
    perform(parcel, "recall", by=sender, reason="Forgot the card.")
    with pytest.raises(Stale) as refusal:
        perform(parcel, "send", by=sender, expected_version=1)
    assert [change.what for change in refusal.value.changes] == ["Sent → Packed · Forgot the card."]
    assert refusal.value.status == 409


def test_a_note_of_the_office_makes_no_page_stale_but_the_offices(parcel, sender):
    officer = UserFactory(roles=[Role.PROGRAMME_STAFF])
    with transaction.atomic():
        record_edit(lock(parcel), by=officer, what="weight: 2 kg")
    with pytest.raises(Stale) as refusal, transaction.atomic():
        refuse_stale(lock(parcel), 0, by=officer)
    assert [(change.what, change.internal) for change in refusal.value.changes] == [
        ("내용 수정: weight: 2 kg", True)
    ]
    assert perform(parcel, "send", by=sender, expected_version=0).state == Parcel.State.SENT
    with pytest.raises(Stale):
        perform(parcel, "send", by=sender, expected_version=1)


def test_a_stale_object_in_memory_does_not_overrule_the_row(parcel, sender):
    in_memory = Parcel.objects.get(pk=parcel.pk)
    perform(parcel, "send", by=sender)
    assert in_memory.state == "packed"
    with pytest.raises(NotNow):
        perform(in_memory, "send", by=sender)


def test_an_unknown_transition_is_a_mistake_of_ours(parcel, sender):
    for name in ("vanish", "save", "pk"):
        with pytest.raises(LookupError):
            perform(parcel, name, by=sender)


def test_the_signal_is_sent_inside_the_transaction(parcel, sender, receiver):
    seen = []

    def notice(obj, change, by, **_):
        seen.append((obj.state, change.pk is not None, by))

    receiver(notice)
    perform(parcel, "send", by=sender)
    assert seen == [("sent", True, sender)]


def test_a_failing_receiver_undoes_everything(parcel, sender, receiver):
    def fail(**_):
        raise RuntimeError("The outbox is full.")

    receiver(fail)
    with pytest.raises(RuntimeError, match="outbox"):
        perform(parcel, "send", by=sender, note="fragile")
    assert unchanged(parcel)


def test_a_refusal_sends_no_signal(parcel, stranger, receiver):
    receiver(lambda **_: pytest.fail("nothing happened"))
    with pytest.raises(NotAllowed):
        perform(parcel, "send", by=stranger)


def test_can_perform_agrees_with_perform(parcel, sender, stranger):
    assert can_perform(parcel, "send", sender)
    assert not can_perform(parcel, "send", stranger)
    assert not can_perform(parcel, "send", AnonymousUser())
    assert not can_perform(parcel, "recall", sender)
    parcel.stamped = False
    assert not can_perform(parcel, "send", sender)
    sent = perform(Parcel.objects.create(sender=sender), "send", by=sender)
    assert can_perform(sent, "recall", SYSTEM)
    assert not can_perform(sent, "deliver", sender)


def test_a_transition_that_avoids_the_door_fails(parcel):
    with pytest.raises(RuntimeError, match="perform"):
        parcel.send()
    with pytest.raises((AttributeError, TransitionNotAllowed)):
        parcel.state = "sent"
    assert unchanged(parcel)


def test_a_version_has_one_change(parcel, sender):
    perform(parcel, "send", by=sender)
    change = parcel.history().get()
    change.pk = None
    with pytest.raises(Exception, match=r"(?i)unique"):
        Change.objects.bulk_create([change])


def test_lock_reads_the_row_again(parcel):
    Parcel.objects.filter(pk=parcel.pk).update(note="moved")
    assert lock(parcel).note == "moved"
