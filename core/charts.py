"""Charts drawn on the server as inline SVG: no script, readable without colour, beside their table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, FOOT = 720, 220, 28


@dataclass(frozen=True)
class Bar:
    """One column: what it is called and the amounts stacked in it, from the ground up."""

    label: str
    amounts: tuple[int, ...]
    title: str = ""
    url: str = ""


def bar_chart(*, bars: Sequence[Bar], title: str, series: Sequence[str] = ()) -> SafeString:
    """Stacked columns over a ground line. ``title`` is read out; each column has a title of its own."""
    top = max((sum(bar.amounts) for bar in bars), default=0) or 1
    step = WIDTH / max(len(bars), 1)
    columns = format_html_join(
        "", "{}", ((_column(bar, index, step, top),) for index, bar in enumerate(bars))
    )
    legend = format_html_join(
        "",
        '<li><span class="gp-swatch gp-swatch--{}"></span>{}</li>',
        ((i, name) for i, name in enumerate(series)),
    )
    return format_html(
        '<figure class="gp-chart"><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<line x1="0" y1="{}" x2="{}" y2="{}" class="gp-chart__ground"/></svg>{}</figure>',
        WIDTH,
        HEIGHT,
        title,
        columns,
        HEIGHT - FOOT,
        WIDTH,
        HEIGHT - FOOT,
        format_html('<figcaption><ul class="gp-legend">{}</ul></figcaption>', legend) if series else "",
    )


def _column(bar: Bar, index: int, step: float, top: int) -> SafeString:
    """The rectangles of one column and its label. Heights are for the eye; the title has the amounts."""
    scale = HEIGHT - FOOT - 8
    ground = float(HEIGHT - FOOT)
    pieces: list[Any] = []
    for number, amount in enumerate(bar.amounts):
        height = round(scale * amount / top, 1)
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
    label = format_html(
        '<text x="{}" y="{}" text-anchor="middle" class="gp-chart__label">{}</text>',
        round(index * step + step / 2, 1),
        HEIGHT - 8,
        bar.label,
    )
    joined = format_html_join("", "{}", ((piece,) for piece in pieces))
    return format_html("<g><title>{}</title>{}{}</g>", bar.title or bar.label, joined, label)
