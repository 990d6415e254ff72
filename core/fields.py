"""Form fields that every part may use."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.fields import InvalidJSONInput
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import format_won_short
from core.whole_number import whole_number


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


EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""What a date can be at all: beyond, a slip of the hand, and reckoning with it ends in errors."""

Limit = date | Callable[[], date]


class _Bounded(forms.Field):
    """From ``earliest`` to ``latest``: days, or what gives the day when it is asked."""

    default_error_messages = {
        "too_early": _("Please choose %(limit)s or a later day."),
        "too_late": _("Please choose %(limit)s or an earlier day."),
    }
    _first = _last = ""

    def __init__(self, *, earliest: Limit = EARLIEST, latest: Limit = LATEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._earliest, self._latest = earliest, latest

    @property
    def limits(self) -> tuple[date, date]:
        return _day(self._earliest), _day(self._latest)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        day = value.date() if isinstance(value, datetime) else value
        earliest, latest = self.limits
        if day < earliest:
            raise self._out_of_reach("too_early", earliest)
        if day > latest:
            raise self._out_of_reach("too_late", latest)

    def _out_of_reach(self, code: str, limit: date) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"limit": date_format(limit)})

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """The browser's picker offers what may be chosen, as of now."""
        if isinstance(self.widget, DateInput | DateTimeInput):
            earliest, latest = self.limits
            self.widget.attrs |= {"min": f"{earliest}{self._first}", "max": f"{latest}{self._last}"}
        return super().get_bound_field(form, field_name)


def _day(limit: Limit) -> date:
    return limit if isinstance(limit, date) else limit()


class DateField(_Bounded, forms.DateField):
    """A day that can be."""

    widget = DateInput


class PastDateField(DateField):
    """A day that has been: today at the latest."""

    default_error_messages = {"too_late": _("This date lies in the future.")}

    def __init__(self, *, latest: Limit = clock.today, **kwargs: Any) -> None:
        super().__init__(latest=latest, **kwargs)


class DateTimeField(_Bounded, forms.DateTimeField):
    """A moment on a day that can be."""

    widget = DateTimeInput
    _first, _last = "T00:00", "T23:59"


def refuse_unreadable(field: forms.Field, numbers: Iterable[Any]) -> None:
    """Refuse, of several rows chosen by their numbers, a number that no column holds.

    Django guards a look-up of one number against it, of several not: SQLite fails then.
    """
    for number in numbers:
        if whole_number(str(number)) is None:
            raise ValidationError(
                field.error_messages["invalid_choice"], code="invalid_choice", params={"value": number}
            )


class ManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows, each chosen by its number."""

    def clean(self, value: Any) -> Any:
        refuse_unreadable(self, value or ())
        return super().clean(value)


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
