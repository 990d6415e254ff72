"""The mails that the demo has written into its folder, for reading in the browser."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9A-Za-z-]{1,80}\.eml")


@dataclass(frozen=True)
class Mail:
    """One mail, as its file says."""

    name: str
    subject: str
    sender: str
    to: str
    sent_at: datetime | None
    text: str
    html: str


def names() -> list[str]:
    """The names of all mails, newest first: a name begins with its time."""
    folder = Path(settings.MAIL_DIR)
    return sorted((path.name for path in folder.glob("*.eml")), reverse=True) if folder.is_dir() else []


def read(name: str) -> Mail | None:
    """The mail of that name; ``None`` for anything that is not a mail in the folder."""
    path = Path(settings.MAIL_DIR) / name
    if not _NAME.fullmatch(name) or not path.is_file() or path.is_symlink():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Mail(
        name=name,
        subject=str(message["subject"] or ""),
        sender=str(message["from"] or ""),
        to=str(message["to"] or ""),
        sent_at=_moment(str(message["date"])) if message["date"] else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _moment(text: str) -> datetime:
    """``-0000``, which Django writes, is read as a time without a zone: it is UTC."""
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
