from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountClosing(models.Model):
    """Somebody left: when, and what of theirs was kept, with the reason that they were told."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="closings", verbose_name=_("user")
    )
    closed_at = models.DateTimeField(_("closed at"))
    kept = models.JSONField(_("what is kept, and why"), default=list)

    class Meta:
        verbose_name = _("closing of an account")
        verbose_name_plural = _("closings of accounts")
        ordering: ClassVar[list[str]] = ["-closed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.closed_at:%Y-%m-%d}"

    @property
    def is_erased(self) -> bool:
        """Whether nothing of the person is left but the row that others point to."""
        return not self.kept
