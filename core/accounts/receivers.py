"""What accounts do when somebody shows that an address is theirs."""

from typing import Any

from allauth.account.signals import email_confirmed

from core.accounts.services import welcome_address


def on_email_confirmed(*, email_address: Any, **_signal: Any) -> None:
    welcome_address(user=email_address.user, email=email_address.email)


def connect() -> None:
    """Called once, when the app is ready."""
    email_confirmed.connect(on_email_confirmed, dispatch_uid="accounts.email_confirmed")
