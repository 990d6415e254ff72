"""Form fields that every part may use."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from core.dates import sensible_year
from core.money import format_won_short


class MoneyInput(forms.TextInput):
    """A sum in won: digits with thousands separators; the page reads it aloud in 억 and 만 as it is typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "data-money": "", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return f"{value:,}"
        return super().format_value(value)


class _InWon:
    """Says the limit the way people read sums."""

    limit_value: Any
    message: Any
    code: str

    def __call__(self, value: int) -> None:
        if self.compare(value, self.limit_value):  # type: ignore[attr-defined]
            raise ValidationError(
                self.message, code=self.code, params={"limit": format_won_short(self.limit_value)}
            )


class MinWon(_InWon, MinValueValidator):
    message = _("Please write %(limit)s or more.")


class MaxWon(_InWon, MaxValueValidator):
    message = _("Please write %(limit)s or less.")


class MoneyField(forms.IntegerField):
    """Whole won. Accepts what people type: ``50,000,000``, ``50 000 000``, ``50000000원``, ``₩50,000``."""

    widget = MoneyInput
    default_error_messages = {"invalid": _("Write the sum in whole won, in digits.")}

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_value, self.max_value = min_value, max_value
        if min_value is not None:
            self.validators.append(MinWon(min_value))
        if max_value is not None:
            self.validators.append(MaxWon(max_value))

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.translate(_DECORATION).strip()
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


_DECORATION = str.maketrans("", "", ",원₩ \u00a0\u2009")


class PercentField(forms.DecimalField):
    """A rate in per cent: ``1.5`` is typed and shown for the fraction ``Decimal("0.015")``."""

    def prepare_value(self, value: Any) -> Any:
        return f"{(value * 100).normalize():f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        percent: Any = super().to_python(value)
        return None if percent is None else percent / 100

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"step": "any", "inputmode": "decimal"}


class DateInput(forms.DateInput):
    """The browser's own date picker; KRDS's calendar cannot be worked with a screen reader."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day within sensible years."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"validators": [sensible_year]} | kwargs)


class MomentField(forms.DateTimeField):
    """A moment to the minute within sensible years."""

    widget = DateTimeInput

    def __init__(self, **kwargs: Any) -> None:
        own: dict[str, Any] = {"validators": [sensible_year], "input_formats": ["%Y-%m-%dT%H:%M"]}
        super().__init__(**own | kwargs)


class JSONField(forms.JSONField):
    """JSON that anybody may post: numbers of thousands of digits and endless brackets are wrong input."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed is shown again as it was typed."""
        return initial if self.disabled or data is None else InvalidJSONInput(data)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, data)
        except RecursionError:
            return True
