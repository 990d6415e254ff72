"""Carrying the outbox out: claim under a lock, send outside of any transaction, note what came of it."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock
from core.notices.models import Notice
from core.notices.services.rendering import render_mail
from core.privacy.redaction import redact

MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
ABANDONED_AFTER = timedelta(minutes=15)
"""A notice still “being sent” after this long was left by a worker that died: the tasks' time limit."""

log = structlog.get_logger(__name__)


def notices_to_deliver() -> QuerySet[Notice]:
    """What waits and is due, and what a dead worker left behind."""
    now = clock.now()
    return Notice.objects.filter(
        Q(state=Notice.State.PENDING, next_attempt_at__lte=now)
        | Q(state=Notice.State.SENDING, next_attempt_at__lte=now - ABANDONED_AFTER)
    ).order_by("next_attempt_at", "pk")


def deliver(notice_id: int) -> bool:
    """Deliver one notice if it is due and nobody else is at it. Whether it was sent now."""
    notice = _claim(notice_id)
    if notice is None:
        return False
    try:
        _message(notice).send()
    except Exception as error:  # noqa: BLE001 — any failure of the mail server is noted and tried again
        _note_failure(notice, error)
        return False
    notice.state = Notice.State.SENT
    notice.sent_at = clock.now()
    notice.last_error = ""
    notice.save(update_fields=["state", "sent_at", "last_error"])
    return True


@transaction.atomic
def _claim(notice_id: int) -> Notice | None:
    notice = (
        notices_to_deliver()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(pk=notice_id)
        .first()
    )
    if notice is None:
        return None
    notice.state = Notice.State.SENDING
    notice.attempts += 1
    notice.next_attempt_at = clock.now()
    notice.save(update_fields=["state", "attempts", "next_attempt_at"])
    return notice


def _message(notice: Notice) -> EmailMultiAlternatives:
    """The mail. Its Message-ID is always the same, so that a mail server drops a repetition after a crash."""
    key = hashlib.sha256(notice.dedupe_key.encode()).hexdigest()[:32]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    mail = render_mail(notice)
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=mail.text,
        to=[notice.to],
        headers={"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _note_failure(notice: Notice, error: Exception) -> None:
    gave_up = notice.attempts >= MAX_ATTEMPTS
    notice.state = Notice.State.FAILED if gave_up else Notice.State.PENDING
    notice.next_attempt_at = clock.now() + FIRST_WAIT * 2 ** (notice.attempts - 1)
    notice.last_error = redact(f"{type(error).__name__}: {error}")[:300]
    notice.save(update_fields=["state", "next_attempt_at", "last_error"])
    log.warning(
        "notice_not_delivered",
        notice=notice.pk,
        attempts=notice.attempts,
        gave_up=gave_up,
        error=type(error).__name__,
    )
