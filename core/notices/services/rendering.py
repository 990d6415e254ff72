"""From an event and its facts to a subject, a text and the formatted text."""

from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from core.accounts.models import User
from core.notices.links import link_of
from core.notices.models import Notice

SUBJECT = "Subject:"


class Words(NamedTuple):
    subject: str
    text: str


class Mail(NamedTuple):
    text: str
    html: str


def absolute(url: str) -> str:
    """A path of ours as an address that works from a mail."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def render_notice(*, recipient: User, event: str, context: dict[str, Any], url: str) -> Words:
    """Render ``templates/notices/<event>.txt`` in the recipient's language.

    Its first line is ``Subject: …``.
    """
    name = f"notices/{event.replace('.', '/')}.txt"
    with translation.override(recipient.language):
        rendered = _render_plain(name, {**context, **_facts(recipient, url)})
    first, _newline, rest = rendered.lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"the first line of {name} must be “Subject: …”")
    return Words(" ".join(first.removeprefix(SUBJECT).split())[:200], rest.strip())


def render_mail(notice: Notice) -> Mail:
    """Both parts of the mail: greeting, the notice's words, link, who we are.

    They are made from the same words, so that they can't differ.
    """
    with translation.override(notice.language):
        facts = _facts(notice.recipient, link_of(notice))
        facts |= {"subject": notice.subject, "body": notice.body_text}
        text = _render_plain("notices/wrapper.txt", facts)
        return Mail(text, render_to_string("notices/wrapper.html", facts))


def _facts(recipient: User, url: str) -> dict[str, Any]:
    return {"recipient": recipient, "url": absolute(url), "site_url": settings.SITE_URL}


def _render_plain(name: str, context: dict[str, Any]) -> str:
    """Render a text template, where ``&`` is an ampersand and nothing is HTML."""
    source = Engine.get_default().get_template(name)
    return str(source.render(Context(context, autoescape=False)))
