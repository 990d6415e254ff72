"""From an event and its facts to a subject, a text and the formatted text."""

from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from core.accounts.models import User
from core.notices.models import Notice

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

    Its first line is ``Subject: …``. The formatted mail is made from the same words, so the two can't differ.
    """
    name = f"notices/{event.replace('.', '/')}.txt"
    facts = _facts(recipient, url)
    with translation.override(recipient.language):
        first, _newline, rest = _render_plain(name, {**context, **facts}).lstrip().partition("\n")
        if not first.startswith(SUBJECT):
            raise ValueError(f"the first line of {name} must be “Subject: …”")
        subject = " ".join(first.removeprefix(SUBJECT).split())[:200]
        text = rest.strip()
        html = render_to_string("notices/wrapper.html", {**facts, "subject": subject, "body": text})
    return Rendered(subject, text, html)


def mail_text(notice: Notice) -> str:
    """The notice as the plain part of its mail: greeting, words, link, who we are."""
    with translation.override(notice.language):
        facts = _facts(notice.recipient, notice.url)
        return _render_plain("notices/wrapper.txt", {**facts, "body": notice.body_text})


def _facts(recipient: User, url: str) -> dict[str, Any]:
    return {"recipient": recipient, "url": absolute(url), "site_url": settings.SITE_URL}


def _render_plain(name: str, context: dict[str, Any]) -> str:
    """Render a text template, where ``&`` is an ampersand and nothing is HTML."""
    source = Engine.get_default().get_template(name)
    return str(source.render(Context(context, autoescape=False)))
