from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayOverride(models.Model):
    """A day that the public calendar has wrong or does not know yet: a temporary holiday, a day worked."""

    date = models.DateField(
        _("date"), unique=True, error_messages={"unique": _("This day has an exception already.")}
    )
    is_working = models.BooleanField(
        _("is a working day"),
        default=False,
        help_text=_("Tick for a working day; leave empty for a day on which the office is closed."),
    )
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("exception to the calendar")
        verbose_name_plural = _("exceptions to the calendar")
        ordering: ClassVar[list[str]] = ["-date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
