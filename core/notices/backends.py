"""Mail for the embedded size: each message becomes a file that can be opened and listed."""

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class MailFolderBackend(BaseEmailBackend):
    """Writes every message as one ``.eml`` file under ``MAIL_DIR``, complete or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}"
            partial = settings.MAIL_DIR / f"{name}.part"
            partial.write_bytes(message.message().as_bytes())
            partial.rename(settings.MAIL_DIR / f"{name}.eml")
        return len(email_messages)
