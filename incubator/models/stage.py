"""The stages of the selection that a call announces."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.committees.models import Committee
from incubator.models.call import Call
from incubator.models.rubric import Rubric

FULL_SCORE = 100


class Stage(models.Model):
    """A stage (단계) of the selection. Without a rubric it decides on the results of the stage before."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document review")
        PITCH = "pitch", _("Pitch")
        COMMITTEE = "committee", _("Committee")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="stages", verbose_name=_("call"))
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DOCUMENT)
    name = models.CharField(_("name"), max_length=60)
    rubric = models.ForeignKey(
        Rubric,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stages",
        verbose_name=_("rubric"),
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committee"),
        help_text=_(
            "For a committee stage: whose decision it waits for. Empty: staff write down what was decided."
        ),
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    cut_off = models.DecimalField(
        _("cut-off"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(60),
        help_text=_("Below this score nobody is selected, even when places remain."),
    )
    places = models.PositiveSmallIntegerField(_("how many pass"))
    evaluators = models.PositiveSmallIntegerField(_("evaluators per application"), default=3)
    with_bonus = models.BooleanField(_("bonus points count"), default=True)
    venue = models.CharField(_("place"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering: ClassVar[list[str]] = ["call", "order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["call", "order"], name="one_stage_per_order")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The stage must end after it starts.")})
        if self.committee_id and self.kind != self.Kind.COMMITTEE:
            raise ValidationError({"committee": _("Only a committee stage has a committee.")})
        if self.cut_off is not None and not 0 <= self.cut_off <= FULL_SCORE:
            raise ValidationError({"cut_off": _("The cut-off lies between 0 and 100.")})
        if self.places == 0:
            raise ValidationError({"places": _("At least one must be able to pass.")})

    @property
    def version(self) -> int:
        """Counts up with everything that changes the ranking: applications that move, reviews, bonus points.

        A stage has no state of its own, but its page is decided from and can be too old.
        """
        each = models.Sum("version", default=0) + models.Count("pk")  # one that is new counts too
        return sum(rows.aggregate(all=each)["all"] for rows in (self.call.applications, self.reviews))
