from django.http import HttpRequest

from core.accounts.models import User


class SignedIn(HttpRequest):
    """A request behind ``login_required``."""

    user: User
