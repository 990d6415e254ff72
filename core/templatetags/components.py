"""The components of the public face. ``docs/design-system.md`` shows each with a snippet."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.money import format_won
from core.presentation import fields, moments, ridge

register = template.Library()

KINDS = frozenset({"info", "success", "warning", "danger", "neutral"})
SOON_DAYS = 7


# ── days and moments ────────────────────────────────────────────────────────
@register.filter
def day(value: date | None) -> str:
    """``11월 28일(토)``."""
    return moments.day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``11월 28일(토) 18:00``."""
    return moments.moment(value) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """``11. 28.``."""
    return moments.short_day(value) if value else ""


@register.filter
def short_moment(value: datetime | None) -> str:
    """``11. 28. 18:00``."""
    return moments.short_moment(value) if value else ""


@register.inclusion_tag("components/d_day.html")
def d_day(
    closes: date | datetime | None,
    opens: date | datetime | None = None,
    size: str = "",
    *,
    owed: bool = False,
) -> dict[str, Any]:
    """How near a deadline is: ``D-6``, red when near; grey words before it opens and after it closes.

    Of what somebody still owes the days since the deadline are told, in red.
    """
    if closes is None:
        return {"text": "", "kind": "neutral"}
    if opens is not None and moments.days_until(opens) >= 0 and not _has_begun(opens):
        text = _("Opens %(day)s") % {"day": moments.short_day(opens)}
        return {"text": text, "kind": "neutral", "size": size}
    left = moments.days_until(closes)
    if left < 0 and owed:
        return {"text": _("%(days)s days late") % {"days": -left}, "kind": "danger", "size": size}
    if left < 0:
        return {"text": _("Closed"), "kind": "neutral", "size": size}
    return {
        "text": f"D-{left}" if left else "D-day",
        "words": _("closes today") if left == 0 else _("%(days)s days left") % {"days": left},
        "kind": "danger" if left <= SOON_DAYS else "info",
        "size": size,
    }


def _has_begun(opens: date | datetime) -> bool:
    return opens <= clock.now() if isinstance(opens, datetime) else opens <= clock.today()


@register.inclusion_tag("components/deadline.html")
def deadline(closes: datetime, verb: str = "") -> dict[str, Any]:
    """The deadline to the minute by the server's clock, and the time left; the script counts it down."""
    now = clock.now()
    return {
        "closes": closes,
        "words": moments.moment(closes),
        "verb": verb or _("closes"),
        "left": moments.time_left(closes - now) if closes > now else "",
    }


# ── forms ───────────────────────────────────────────────────────────────────
@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """Any Django form field with its label, hint and errors."""
    return fields.field_context(bound, **options)


@register.inclusion_tag("components/fields.html")
def fields_of(form: Any, *names: str) -> dict[str, Any]:
    """Several fields of a form in order, or all of them."""
    return {"bound_fields": [form[name] for name in names] if names else list(form)}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """One list of all errors of these forms, formsets and lists of them, each linked to its field."""
    return {"errors": fields.error_list(*forms)}


# ── small things ────────────────────────────────────────────────────────────
@register.inclusion_tag("components/status_tag.html")
def status_tag(kind: str, label: str) -> dict[str, Any]:
    """A status as a word with a quiet colour: info, success, warning, danger or neutral."""
    return {"kind": kind if kind in KINDS else "neutral", "label": label}


@register.inclusion_tag("components/demo_tag.html")
def demo_tag(is_demo: bool) -> dict[str, Any]:
    """Marks what is invented for the demonstration, wherever it is shown."""
    return {"is_demo": is_demo}


@register.inclusion_tag("components/bar.html")
def bar(value: float, total: float, label: str, kind: str = "info") -> dict[str, Any]:
    """A meter: how much of ``total`` is ``value``. ``label`` says it in words."""
    share = max(0.0, min(float(value) / float(total), 1.0)) if total else 0.0
    return {"width": f"{share * 100:.2f}", "percent": round(share * 100), "label": label, "kind": kind}


@register.inclusion_tag("components/stat.html")
def stat(label: str, value: Any, note: str = "", url: str = "", kind: str = "") -> dict[str, Any]:
    """One figure of a ``<dl class="stats">``."""
    return {"label": label, "value": value, "note": note, "url": url, "kind": kind}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, body: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """Nothing here yet: what will be here, and what to do."""
    return {"title": title, "body": body, "url": url, "action": action, "layers": ridge.low_layers()}


@register.inclusion_tag("components/next_action.html")
def next_action(  # noqa: PLR0917 - read in templates in this order
    title: str, body: str = "", url: str = "", action: str = "", kind: str = "", label: str = ""
) -> dict[str, Any]:
    """What is asked of the person now, by when, and the page's one primary button."""
    return {"title": title, "body": body, "url": url, "action": action, "kind": kind, "label": label}


@register.inclusion_tag("components/receipt.html")
def receipt(number: str, at: datetime, title: str = "", label: str = "") -> dict[str, Any]:
    """The unmistakable “submitted”: a panel with the receipt number and the time to the second."""
    return {"number": number, "at": at, "title": title, "label": label, "layers": ridge.low_layers()}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """What has happened, newest first. Items have ``at``, ``title``; perhaps ``detail``, ``by``, ``url``."""
    return {"items": items}


# ── the ridge ───────────────────────────────────────────────────────────────
@register.inclusion_tag("components/ridge_hero.html")
def ridge_hero() -> dict[str, Any]:
    """Four layered ridges for the foot of a hero."""
    return {"layers": ridge.hero_layers()}


@register.inclusion_tag("components/ridge_low.html")
def ridge_low(tone: str = "") -> dict[str, Any]:
    """Two quiet ridges for the foot of a quiet place."""
    return {"layers": ridge.low_layers(), "tone": tone}


@register.inclusion_tag("components/ridge_progress.html")
def ridge_progress(steps: Iterable[Any], share: float = 0.0, label: str = "") -> dict[str, Any]:
    """A way of several steps as a ridge filled up to today; read aloud as an ordered list."""
    return {"progress": ridge.progress(steps, share=share), "label": label or _("Progress")}


# ── finding the way ─────────────────────────────────────────────────────────
@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """``{% breadcrumbs label url label url current %}``: the home page is added in front."""
    *pairs, current = parts
    trail = list(zip(pairs[::2], pairs[1::2], strict=True))
    return {"trail": trail, "current": current}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], param: str = "page") -> dict[str, Any]:
    """KRDS pagination; keeps whatever else the address says."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop(param, None)
    rest = query.urlencode()
    prefix = f"?{rest}&{param}=" if rest else f"?{param}="
    numbers = [
        number if isinstance(number, int) else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return {"page": page, "numbers": numbers, "prefix": prefix}


@register.simple_tag
def won_cell(label: str, amount: int | None = None, css: str = "") -> SafeString:
    """An amount in a table of lines. Nothing is a dash, which a phone leaves out."""
    classes = " ".join(filter(None, ["num", "" if amount else "num--nothing", css]))
    words = format_won(amount) if amount else "–"
    return format_html('<td role="cell" class="{}" data-label="{}">{}</td>', classes, label, words)


MENU = (
    ("/calls/", gettext_lazy("Calls")),
    ("/programmes/good-partner/", gettext_lazy("Good Partner")),
    ("/centres/", gettext_lazy("Start-up centres")),
    ("/loans-guide/", gettext_lazy("Loans")),
    ("/stories/", gettext_lazy("Success stories")),
    ("/news/", gettext_lazy("News")),
)


@register.inclusion_tag("components/menu.html", takes_context=True)
def main_menu(context: template.Context, css: str = "") -> dict[str, Any]:
    """The main menu with the current section marked."""
    path = getattr(context.get("request"), "path", "")
    rows = [{"url": url, "label": label, "current": path.startswith(url)} for url, label in MENU]
    return {"rows": rows, "css": css}
