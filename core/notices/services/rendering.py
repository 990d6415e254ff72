"""From an event and its facts to a subject, a text and the formatted text."""

from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from core.accounts.models import User

SUBJECT = "Subject:"


class Rendered(NamedTuple):
    subject: str
    text: str
    html: str


def absolute(url: str) -> str:
    """A path of ours as an address that works from a mail."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def render_notice(*, recipient: User, event: str, context: dict[str, Any], url: str) -> Rendered:
    """Render ``templates/notices/<event>.txt`` in the recipient's language.

    Its first line is ``Subject: …``. The formatted text is made from the same words, so the two can't differ.
    """
    name = f"notices/{event.replace('.', '/')}.txt"
    link = absolute(url)
    with translation.override(recipient.language):
        facts = {**context, "recipient": recipient, "url": link, "site_url": settings.SITE_URL}
        first, _newline, body = _render_plain(name, facts).lstrip().partition("\n")
        if not first.startswith(SUBJECT):
            raise ValueError(f"the first line of {name} must be “Subject: …”")
        subject = " ".join(first.removeprefix(SUBJECT).split())[:200]
        message = {**facts, "subject": subject, "body": body.strip()}
        return Rendered(
            subject=subject,
            text=_render_plain("notices/wrapper.txt", message),
            html=render_to_string("notices/wrapper.html", message),
        )


def _render_plain(name: str, context: dict[str, Any]) -> str:
    """Render a text template, where ``&`` is an ampersand and nothing is HTML."""
    source = Engine.get_default().get_template(name)
    return str(source.render(Context(context, autoescape=False)))
