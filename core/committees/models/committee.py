from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Committee(models.Model):
    """A committee of the district, for example of a fund. At most ten members."""

    MAX_MEMBERS: ClassVar[int] = 10
    version: ClassVar[int] = 0

    name = models.CharField(_("name"), max_length=80, unique=True)
    code = models.SlugField(_("code"), max_length=30, unique=True)
    legal_basis = models.CharField(
        _("legal basis"), max_length=200, blank=True, help_text=_("The ordinance or rule it stands on.")
    )

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["CommitteeMember"]):
    def serving_on(self, day: date) -> "MemberQuerySet":
        """Appointed, term not over, not left."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=day), appointed_on__lte=day, term_ends_on__gte=day
        )


class CommitteeMember(models.Model):
    """A person's term on a committee. A new term is a new row."""

    TERM_YEARS: ClassVar[int] = 2
    MAX_COMMITTEES: ClassVar[int] = 3

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="members", verbose_name=_("committee")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="committee_memberships",
        verbose_name=_("user"),
        help_text=_("Empty for somebody without an account."),
    )
    name = models.CharField(_("name"), max_length=60)
    affiliation = models.CharField(_("affiliation"), max_length=100, blank=True)
    is_chair = models.BooleanField(_("chair"), default=False)
    appointed_on = models.DateField(_("appointed on"))
    term_ends_on = models.DateField(_("term ends on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects: Any = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        ordering: ClassVar[list[str]] = ["-is_chair", "name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(term_ends_on__gte=models.F("appointed_on")), name="term_ends_after_appointment"
            ),
            models.UniqueConstraint(
                fields=["committee", "user", "appointed_on"], name="one_term_per_appointment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.affiliation})" if self.affiliation else self.name
