"""The agreement (협약) that a selected applicant signs by typing their name."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from incubator.models.application import Application
from incubator.models.call import Call


class AgreementText(models.Model):
    """One version of the agreement of a call. A change of the text is a new version."""

    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, related_name="agreement_texts", verbose_name=_("call")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("agreement text")
        verbose_name_plural = _("agreement texts")
        ordering: ClassVar[list[str]] = ["call", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["call", "version"], name="one_agreement_text_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} · v{self.version}"


class Agreement(models.Model):
    """A signature: the text's version, the typed name, the time and the person."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="agreement", verbose_name=_("application")
    )
    text = models.ForeignKey(
        AgreementText, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("text")
    )
    signed_name = models.CharField(_("name as signed"), max_length=60)
    signed_at = models.DateTimeField(_("signed at"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed by")
    )
    text_sha256 = models.CharField(_("fingerprint of the text"), max_length=64)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return f"{self.application_id} · {self.signed_at:%Y-%m-%d}"

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("a signed agreement is never edited")
        super().save(**kwargs)
