"""Wagtail's policy asks our rules: closed unless opened, and a superuser bypasses nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser

from core.accounts.models import User
from core.office import Action, RulePolicy
from core.workflow.actors import SYSTEM
from core.workflow.perform import may_perform, perform
from tests.core.parcels import Parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender():
    return User.objects.create_user(email="sender@example.com", name="Sender")


@pytest.fixture
def root():
    return User.objects.create_user(email="root@example.com", name="Root", is_superuser=True)


@pytest.fixture
def parcel(sender):
    return Parcel.objects.create(sender=sender)


@pytest.fixture
def policy():
    return RulePolicy(Parcel, change="parcels.send")


def test_the_rule_decides_about_an_object(policy, sender, parcel):
    assert policy.user_has_permission_for_instance(sender, "change", parcel)
    assert not policy.user_has_permission_for_instance(AnonymousUser(), "change", parcel)


def test_a_superuser_bypasses_nothing(policy, root, parcel):
    assert not policy.user_has_permission_for_instance(root, "change", parcel)
    assert not policy.user_has_permission(root, "view")


def test_an_action_that_is_not_named_is_closed(policy, sender, parcel):
    for action in ("view", "add", "delete", "publish"):
        assert not policy.user_has_permission(sender, action)
        assert not policy.user_has_permission_for_instance(sender, action, parcel)


def test_who_may_nothing_gets_no_rows(policy, sender, parcel):
    assert not policy.instances_user_has_any_permission_for(sender, ["view"]).exists()


def test_who_is_no_longer_active_may_nothing(policy, sender, parcel):
    sender.is_active = False
    assert not policy.user_has_permission_for_instance(sender, "change", parcel)


def test_it_cannot_say_who_may(policy):
    with pytest.raises(NotImplementedError):
        policy.users_with_any_permission(["change"])


def do_nothing(**_fields):
    """Stands for a service."""


SEND = Action(name="send", label="Send", run=do_nothing, transition="send")


def test_an_action_is_open_to_the_right_person_in_the_right_state(sender, root, parcel):
    assert SEND.is_open(parcel, sender)
    assert not SEND.is_open(parcel, root)
    sent = perform(parcel, "send", by=sender)
    assert not SEND.is_open(sent, sender)


def test_the_right_person_stays_right_at_the_wrong_moment(sender, root, parcel):
    sent = perform(parcel, "send", by=sender)
    assert SEND.is_for(sent, sender)
    assert not SEND.is_for(sent, root)
    assert may_perform(sent, "deliver", SYSTEM)


def test_a_condition_closes_the_button(sender):
    assert not SEND.is_open(Parcel.objects.create(sender=sender, stamped=False), sender)


def test_the_moment_closes_the_button_but_refuses_nobody(sender, parcel):
    closed = Action(name="send", label="Send", run=do_nothing, transition="send", when=lambda obj: False)
    assert not closed.is_open(parcel, sender)
    assert closed.is_for(parcel, sender)


def test_an_action_without_a_transition_asks_its_permission(sender, parcel):
    without = Action(name="x", label="X", run=do_nothing, permission="parcels.send")
    assert without.is_open(parcel, sender)
    assert not without.is_open(parcel, AnonymousUser())
