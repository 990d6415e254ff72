"""The mails that let people in. allauth asks for them; they go through the outbox like every other."""

from uuid import uuid4

from allauth.account import app_settings
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import filter_users_by_email, user_pk_to_url_str
from django.urls import reverse

from core.accounts.models import User
from core.notices.links import secret_link
from core.notices.models import Notice
from core.notices.services import queue_notice

CONFIRM, RESET, KNOWN = "accounts.confirm_address", "accounts.new_password", "accounts.already_known"
EVENTS = {
    "account/email/email_confirmation": CONFIRM,
    "account/email/email_confirmation_signup": CONFIRM,
    "account/email/password_reset_key": RESET,
    "account/email/account_already_exists": KNOWN,
}
"""What allauth calls the mails that our settings let it send."""


def tell_at_entrance(*, mail: str, email: str, user: User | None) -> None:
    """Queue the mail that allauth asks for, to whom it names or, where it names nobody, who has the address.

    It goes to the address as the person keeps it, not as somebody else may have typed it.
    """
    recipient = user or next(iter(filter_users_by_email(email)), None)
    if recipient is None:
        return
    own = EmailAddress.objects.filter(user=recipient, email__iexact=email).first()
    event = EVENTS[mail]
    queue_notice(
        recipient=recipient,
        event=event,
        context={},
        dedupe_key=f"{event}:{uuid4()}",
        url=reverse("account_reset_password") if event == KNOWN else "",
        address=own.email if own else recipient.email,
    )


@secret_link(CONFIRM)
def confirmation_link(notice: Notice) -> str:
    address = EmailAddress.objects.get(user=notice.recipient, email=notice.to)
    return reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])


@secret_link(RESET)
def password_link(notice: Notice) -> str:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(notice.recipient)
    key = {"uidb36": user_pk_to_url_str(notice.recipient), "key": token}
    return reverse("account_reset_password_from_key", kwargs=key)
