"""Charts drawn on the server as inline SVG: no script, readable without colour, beside their table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 720, 192
LETTER, GAP = 9, 8
ROOM, ROOM_ON_A_PHONE = 480, 260
"""Pixels: of a letter, between two names, and at least under a chart."""


@dataclass(frozen=True)
class Bar:
    """One column: what it is called and the amounts stacked in it, from the ground up."""

    label: str
    amounts: tuple[int, ...]
    title: str = ""


def bar_chart(*, bars: Sequence[Bar], title: str, series: Sequence[str] = ()) -> SafeString:
    """Stacked columns over a ground line. ``title`` is read out; each column has a title of its own.

    The drawing stretches with the page; the names under it are text, which doesn't shrink with it.
    """
    top = max((sum(bar.amounts) for bar in bars), default=0) or 1
    step = WIDTH / max(len(bars), 1)
    columns = ((_column(bar, index, step, top),) for index, bar in enumerate(bars))
    legend = format_html_join(
        "",
        '<li><span class="gp-swatch gp-swatch--{}"></span>{}</li>',
        ((i, name) for i, name in enumerate(series)),
    )
    return format_html(
        '<figure class="gp-chart">'
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
        "{}{}</figure>",
        WIDTH,
        HEIGHT,
        title,
        format_html_join("", "{}", columns),
        _labels(bars),
        format_html('<figcaption><ul class="gp-legend">{}</ul></figcaption>', legend) if series else "",
    )


def _column(bar: Bar, index: int, step: float, top: int) -> SafeString:
    """The rectangles of one column. Heights are for the eye; the title has the amounts."""
    ground = float(HEIGHT)
    pieces: list[Any] = []
    for number, amount in enumerate(bar.amounts):
        height = round((HEIGHT - GAP) * amount / top, 1)
        ground = round(ground - height, 1)
        pieces.append(
            format_html(
                '<rect x="{}" y="{}" width="{}" height="{}" class="gp-chart__bar gp-chart__bar--{}"/>',
                round(index * step + step * 0.2, 1),
                ground,
                round(step * 0.6, 1),
                height,
                number,
            )
        )
    joined = format_html_join("", "{}", ((piece,) for piece in pieces))
    return format_html("<g><title>{}</title>{}</g>", bar.title or bar.label, joined)


def _labels(bars: Sequence[Bar]) -> SafeString:
    """As many names as fit, evenly; on a phone fewer."""
    wanted = len(bars) * (LETTER * max((len(bar.label) for bar in bars), default=0) + GAP)
    every = math.ceil(wanted / ROOM) or 1
    on_a_phone = every * math.ceil(wanted / ROOM_ON_A_PHONE / every)
    labels = (
        (
            "" if index % (on_a_phone or 1) == 0 else " gp-chart__label--wide",
            bar.label if index % every == 0 else "",
        )
        for index, bar in enumerate(bars)
    )
    return format_html(
        '<div class="gp-chart__labels" aria-hidden="true">{}</div>',
        format_html_join("", '<span class="gp-chart__label{}">{}</span>', labels),
    )
