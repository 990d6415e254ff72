"""Form fields that every part may use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MoneyInput(forms.TextInput):
    """A sum in won: digits with thousands separators; the page reads it aloud in 억 and 만 as it is typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "data-money": "", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return f"{value:,}"
        return super().format_value(value)


class MoneyField(forms.IntegerField):
    """Whole won. Accepts what people type: ``50,000,000``, ``50 000 000``, ``50000000원``, ``₩50,000``."""

    widget = MoneyInput
    default_error_messages = {"invalid": _("Write the sum in whole won, in digits.")}

    def __init__(self, *, min_value: int | None = 0, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.translate(_DECORATION).strip()
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


_DECORATION = str.maketrans("", "", ",원₩ \u00a0\u2009")


class DateInput(forms.DateInput):
    """The browser's own date picker; KRDS's calendar cannot be worked with a screen reader."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
