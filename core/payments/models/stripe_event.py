from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StripeEvent(models.Model):
    """One verified message from the payment service. Its id makes it count once.

    The content is kept without personal data, and for some time only.
    """

    MAX_ATTEMPTS: ClassVar[int] = 8

    event_id = models.CharField(_("event id"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=100)
    payload: Any = models.JSONField(_("content"))
    received_at = models.DateTimeField(_("received at"))
    occurred_at = models.DateTimeField(_("occurred at"))
    processed_at = models.DateTimeField(_("processed at"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    error = models.TextField(_("error"), blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)

    class Meta:
        verbose_name = _("payment event")
        verbose_name_plural = _("payment events")
        ordering: ClassVar[list[str]] = ["-received_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(processed_at__isnull=True),
                name="waiting_payment_events",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"

    @property
    def version(self) -> int:
        """Tells the office's page that it is stale."""
        return self.attempts

    @property
    def status(self) -> str:
        if self.processed_at is not None:
            return str(_("Processed"))
        return str(_("Error")) if self.error else str(_("Waiting"))

    @property
    def status_kind(self) -> str:
        if self.processed_at is not None:
            return "success"
        return "danger" if self.error else "info"
