"""Writing into the outbox."""

from typing import Any

from django.db import transaction
from django.utils.text import Truncator

from core import clock
from core.accounts.models import User
from core.enqueue import after_commit
from core.errors import NotAllowed, NotNow, Stale
from core.notices.models import Notice
from core.notices.models.notice import SUBJECT
from core.notices.services.rendering import render_notice


@transaction.atomic
def queue_notice(
    *,
    recipient: User,
    event: str,
    context: dict[str, Any],
    dedupe_key: str,
    url: str = "",
    address: str = "",
) -> Notice:
    """Write a notice in the current transaction and have it delivered after the commit.

    ``context`` holds plain facts (text, numbers, dates); ``address`` is where to, if not where the recipient
    is written to otherwise. A second call with the same ``dedupe_key`` returns the notice of the first.
    """
    if told := Notice.objects.filter(dedupe_key=dedupe_key).first():
        return told
    words = render_notice(recipient=recipient, event=event, context=context, url=url)
    now = clock.now()
    notice, is_new = Notice.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "recipient": recipient,
            "address": address,
            "event": event,
            "language": recipient.language,
            "subject": Truncator(words.subject).chars(SUBJECT),
            "body_text": words.text,
            "url": url,
            "created_at": now,
            "next_attempt_at": now,
        },
    )
    if is_new:
        _deliver_after_commit(notice)
    return notice


def forget_notices(*, recipient: User) -> None:
    """Erase what was written to a person who has left; what still waits is not sent."""
    Notice.objects.filter(recipient=recipient).delete()


@transaction.atomic
def send_again(*, by: User, notice: Notice, expected_version: int | None = None) -> Notice:
    """Give a notice that failed another round of attempts."""
    if not by.has_perm("notices.send_again", notice):
        raise NotAllowed
    row = Notice.objects.select_for_update().get(pk=notice.pk)
    if expected_version not in {None, row.version}:
        raise Stale
    if row.state != Notice.State.FAILED:
        raise NotNow
    row.state = Notice.State.PENDING
    row.attempts = 0
    row.next_attempt_at = clock.now()
    row.save(update_fields=["state", "attempts", "next_attempt_at"])
    _deliver_after_commit(row)
    return row


def _deliver_after_commit(notice: Notice) -> None:
    from core.notices.tasks import deliver_notice as task  # tasks call services; only the queue calls back

    after_commit(task, notice.pk)
