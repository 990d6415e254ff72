"""Rates of a year, kept exactly as fractions and written by people in per cent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PercentField
from core.money import format_percent

LEGAL_CAP = Decimal("0.2")  # 이자제한법


def within_the_legal_cap(rate: Decimal) -> None:
    if rate > LEGAL_CAP:
        raise ValidationError(_("The law allows 20 % a year at most."), code="legal_cap")


class RateField(models.DecimalField):  # type: ignore[type-arg]
    """``0.015`` is 1.5 % a year: so the forms ask for it, and so the history tells it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        column: dict[str, Any] = {
            "max_digits": 6,
            "decimal_places": 5,
            "validators": [MinValueValidator(Decimal(0)), within_the_legal_cap],
        }
        super().__init__(*args, **column | kwargs)

    def deconstruct(self) -> Any:
        """A migration sees the plain column: how people write a rate is no matter of the database."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, "django.db.models.DecimalField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        asked: dict[str, Any] = {
            "form_class": PercentField,
            "help_text": _("In per cent a year, such as 1.5."),
        }
        return super().formfield(**asked | kwargs)

    def in_words(self, rate: Any) -> str:
        return format_percent(Decimal(rate))
