from typing import Final, Literal, TypeAlias

from django.contrib.auth.models import AnonymousUser

from core.accounts.models import User


class System:
    """The platform itself: a nightly job, a verified message from outside. Each transition may let it in."""

    def __str__(self) -> str:
        return "system"


SYSTEM: Final = System()
Actor: TypeAlias = User | AnonymousUser | System
OpenToSystem: TypeAlias = dict[Literal["system"], bool]
BY_SYSTEM: Final[OpenToSystem] = {"system": True}
"""Give a transition ``custom=BY_SYSTEM`` when the platform itself may perform it."""
