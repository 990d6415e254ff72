"""Days that make sense: a slip of the pen in the year is told before it reaches a calendar or a database."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2100


def sensible_year(value: date) -> None:
    """Refuse a day or moment outside the years in which anything here happens."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("Please check the year."), code="year")
