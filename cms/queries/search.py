"""Finding pages by Korean and other words, on SQLite and PostgreSQL alike."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search.query import And, Phrase

from cms import korean, models
from cms.queries.paging import page_of

RESULTS_PER_PAGE = 10
BEFORE, EXCERPT = 40, 140
GROUPS: dict[str, tuple[str | Promise, list[type[models.BasePage]]]] = {
    "calls": (_("Calls"), [models.CallPage]),
    "programmes": (_("Programmes"), [models.ProgrammePage, models.ProgrammeIndexPage]),
    "loans": (_("Loans"), [models.LoanGuidePage]),
    "centres": (_("Centres"), [models.CentrePage, models.CentreIndexPage]),
    "stories": (_("Success stories"), [models.SuccessStoryPage]),
    "news": (_("News"), [models.NewsPage]),
    "guide": (_("Guide"), [models.StandardPage]),
}


@dataclass(frozen=True, slots=True)
class Hit:
    page: models.BasePage
    group: str
    label: str | Promise
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    hits: Any  # a paginator's page of Hit
    groups: list[Group]
    count: int
    group: str


def search_pages(text: str, *, group: str = "", page: str | None = None) -> Found | None:
    """What the public finds for ``text``, all words required; ``None`` when it holds no word at all."""
    phrases = korean.query_phrases(text)
    if not phrases:
        return None
    group_of = _group_of_content_type()
    query = And([Phrase(phrase) for phrase in phrases])
    live = Page.objects.live().public().filter(content_type__in=list(group_of))
    counts = _counts(live.search(query), group_of)
    if group not in counts:
        group = ""
    chosen = [kind for kind, key in group_of.items() if key == group]
    pages = page_of(
        (live.filter(content_type__in=chosen) if group else live).search(query), page, RESULTS_PER_PAGE
    )
    pages.object_list = _hits(list(pages.object_list), korean.finder(text), group_of)
    groups = [Group(key, GROUPS[key][0], counts[key]) for key in GROUPS if key in counts]
    return Found(pages, groups, sum(counts.values()), group)


def _group_of_content_type() -> dict[int, str]:
    """The group of each content type that the search shows, by id. Content types are cached by Django."""
    kinds = ContentType.objects.get_for_models(*(model for _l, group in GROUPS.values() for model in group))
    return {kinds[model].pk: key for key, (_label, group) in GROUPS.items() for model in group}


def _counts(results: Any, group_of: dict[int, str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind, count in results.facet("content_type_id").items():
        counts[group_of[kind]] = counts.get(group_of[kind], 0) + count
    return counts


def _hits(pages: list[Page], pattern: re.Pattern[str] | None, group_of: dict[int, str]) -> list[Hit]:
    specific = Page.objects.filter(pk__in=[page.pk for page in pages]).specific().in_bulk()
    found = []
    for page in pages:
        full = specific[page.pk]
        group = group_of[page.content_type_id]
        found.append(
            Hit(
                full,
                group,
                GROUPS[group][0],
                highlight(full.title, pattern),
                excerpt(full.readable_text(), pattern),
            )
        )
    return found


def highlight(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """``text`` with what was looked for in ``<mark>``; everything else escaped."""
    if pattern is None:
        return format_html("{}", text)
    parts: list[tuple[SafeString]] = []
    at = 0
    for match in pattern.finditer(text):
        parts.append((format_html("{}", text[at : match.start()]),))
        parts.append((format_html("<mark>{}</mark>", match.group()),))
        at = match.end()
    parts.append((format_html("{}", text[at:]),))
    return format_html_join(mark_safe(""), "{}", parts)


def excerpt(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """The surroundings of the first match, or the beginning of the text."""
    text = " ".join(text.split())
    match = pattern.search(text) if pattern else None
    start = max(match.start() - BEFORE, 0) if match else 0
    if start:
        space = text.find(" ", start, match.start() if match else None)
        start = space + 1 if space >= 0 else start
    piece = text[start : start + EXCERPT]
    ends = "…" if start + EXCERPT < len(text) else ""
    return format_html("{}{}{}", "…" if start else "", highlight(piece, pattern), ends)
