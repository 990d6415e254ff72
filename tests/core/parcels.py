"""A lifecycle for the tests of the door itself. Its table is made with the test database."""

from django.db import models
from django_fsm import FSMField, transition
from rules import predicate
from rules.permissions import add_perm, perm_exists

from core.errors import NotNow
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle


@predicate
def is_the_sender(user, parcel):
    return parcel.sender_id == user.pk


def is_stamped(parcel):
    return parcel.stamped


for name in ("parcels.send", "parcels.recall"):
    if not perm_exists(name):
        add_perm(name, is_the_sender)


class Parcel(Lifecycle):
    class State(models.TextChoices):
        PACKED = "packed"
        SENT = "sent"
        DELIVERED = "delivered"

    state = FSMField(protected=True, choices=State.choices, default=State.PACKED)
    sender = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    stamped = models.BooleanField(default=True)
    note = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "core"

    @transition(state, State.PACKED, State.SENT, permission="parcels.send", conditions=[is_stamped])
    def send(self, *, note=""):
        if note == "too late":
            raise NotNow("The last post has gone.")
        self.note = note

    @transition(state, State.SENT, State.PACKED, permission="parcels.recall", custom=BY_SYSTEM)
    def recall(self):
        pass

    @transition(state, State.SENT, State.DELIVERED, custom=BY_SYSTEM)
    def deliver(self):
        pass
