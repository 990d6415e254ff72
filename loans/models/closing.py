from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan


class DayClose(models.Model):
    """The nightly work of one business day: when it ran and how far it came."""

    on = models.DateField(_("business day"), unique=True)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    loans = models.PositiveIntegerField(_("loans"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        verbose_name = _("day end")
        verbose_name_plural = _("day ends")
        ordering: ClassVar[list[str]] = ["-on"]

    def __str__(self) -> str:
        return str(self.on)


class DayCloseError(models.Model):
    """A loan that the day end could not close; the others went on. Gone again once it succeeds."""

    close = models.ForeignKey(
        DayClose, on_delete=models.CASCADE, related_name="errors", verbose_name=_("day end")
    )
    loan = models.ForeignKey(
        Loan, on_delete=models.CASCADE, related_name="day_errors", verbose_name=_("loan")
    )
    message = models.CharField(_("message"), max_length=300)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("day end error")
        verbose_name_plural = _("day end errors")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["close", "loan"], name="one_error_per_loan_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}: {self.message}"
