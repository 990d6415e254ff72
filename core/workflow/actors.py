from typing import Any, Final, TypeAlias

from django.contrib.auth.models import AnonymousUser

from core.accounts.models.user import User  # its package has lifecycles that import this module


class System:
    """The platform itself: a nightly job, a verified message from outside. Each transition may let it in."""

    def __str__(self) -> str:
        return "system"


SYSTEM: Final = System()
Actor: TypeAlias = User | AnonymousUser | System
BY_SYSTEM: Final[dict[str, Any]] = {"system": True}
"""Give a transition ``custom=BY_SYSTEM`` when the platform itself may perform it."""
