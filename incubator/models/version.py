"""What was handed in, frozen."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from incubator.models.application import Application


class ApplicationVersion(models.Model):
    """What was submitted, frozen. Evaluators read this and nothing else, and of its documents only some."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="versions", verbose_name=_("application")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    submitted_at = models.DateTimeField(_("submitted at"))
    content: Any = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        ordering: ClassVar[list[str]] = ["application", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.number}"

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("a submitted version is never edited")
        super().save(**kwargs)
