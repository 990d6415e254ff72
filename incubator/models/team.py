"""Who is in the team beside the applicant."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from incubator.models.application import Application


class TeamMember(models.Model):
    """Somebody in the team beside the applicant. Their name is never shown to evaluators."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="team", verbose_name=_("application")
    )
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("part in the team"), max_length=60)
    career = models.CharField(_("experience"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name
