from django.http import HttpRequest

from core.accounts.models import User
from core.whole_number import whole_number


class SignedIn(HttpRequest):
    """A request behind ``login_required``."""

    user: User


def posted_number(request: SignedIn, name: str) -> int:
    """A whole number that a page posts back; -1, which is no version and no sum, for what cannot be read."""
    number = whole_number(request.POST.get(name, ""))
    return -1 if number is None else number
