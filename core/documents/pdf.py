"""PDF from typst templates with our own fonts: the same pages on every machine.

A template reads its facts with ``#let data = json(bytes(sys.inputs.data))``. They never become source text,
so nothing that a person wrote is ever executed.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from core import clock

FONTS = Path(__file__).parent / "fonts"


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Set ``template`` (``loans/typst/certificate.typ``, from the root of the project) with ``data``.

    The letterhead says that a page of the demo proves nothing.
    """
    inputs = {"data": json.dumps(data, cls=DjangoJSONEncoder), "demo": "yes" if settings.DEMO else ""}
    pdf = typst.compile(
        settings.BASE_DIR / template,
        root=settings.BASE_DIR,
        font_paths=_fonts(),
        sys_inputs=inputs,
        format="pdf",
        timestamp=clock.now().replace(microsecond=0),
    )
    return bytes(pdf)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
