"""What staff find when they check an application: flaws to correct, bonus points to grant."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from incubator.models.application import Application
from incubator.models.call import BonusRule


class Correction(models.Model):
    """All the flaws that staff found, told to the applicant at once."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("application")
    )
    flaws: Any = models.JSONField(
        _("flaws"), help_text=_("What is wrong and how to mend it, one after the other.")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested at"))
    due_at = models.DateTimeField(_("due at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering: ClassVar[list[str]] = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.requested_at:%Y-%m-%d}"


class BonusClaim(models.Model):
    """An applicant claims bonus points; staff grant or refuse them after reading the evidence."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="bonus_claims", verbose_name=_("application")
    )
    rule = models.ForeignKey(
        BonusRule, on_delete=models.PROTECT, related_name="claims", verbose_name=_("rule")
    )
    granted = models.BooleanField(_("granted"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("bonus claim")
        verbose_name_plural = _("bonus claims")
        ordering: ClassVar[list[str]] = ["rule"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "rule"], name="one_claim_per_bonus_rule")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.rule_id}"
