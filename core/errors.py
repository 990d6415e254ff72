"""What can go wrong with a request to change something, in words a person understands.

The middleware turns each into the styled page of its status. ``message`` is shown, so it is translated.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Since(NamedTuple):
    """Something that happened after a page was drawn, as the page of a conflict shows it.

    ``internal`` is for the office alone.
    """

    at: datetime
    by: Any
    what: str
    internal: bool = False


class DomainError(Exception):
    """A rule of the house was not met. Nothing was changed."""

    status = 400
    default: Any = _("This cannot be done as asked.")

    def __init__(self, message: Any = None) -> None:
        self.message = message or self.default
        super().__init__(self.message)


class NotAllowed(DomainError):
    """This person may not do this to this object, at any time."""

    status = 403
    default = _("You are not allowed to do this.")


class NotNow(DomainError):
    """The right person, but too late, too early, or in a state that does not allow it."""

    status = 409
    default = _("This is not possible in the current state.")


class Stale(NotNow):
    """The page was opened before somebody else changed the object; ``changes`` says what they did."""

    default = _("This has changed since you opened the page.")

    def __init__(self, message: Any = None, *, changes: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.changes = changes
