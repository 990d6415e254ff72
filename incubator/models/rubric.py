"""What evaluators score by."""

import zlib
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WEIGHTS_TOTAL = 100


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


class Rubric(models.Model):
    """A set of weighted criteria (평가표). The weights sum to 100 before a stage can use it."""

    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> int:
        """Another number for other criteria: a rubric has no history, but its pages can be too old."""
        return zlib.crc32(repr(list(self.criteria.order_by("pk").values_list())).encode())


class Criterion(models.Model):
    """One criterion (평가항목) with the meaning of each score."""

    rubric = models.ForeignKey(
        Rubric, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("rubric")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    description = models.TextField(_("description"), blank=True)
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(WEIGHTS_TOTAL))],
    )
    max_score = models.PositiveSmallIntegerField(
        _("highest score"), default=5, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    descriptors: Any = models.JSONField(
        _("meaning of the scores"), default=list, blank=True, help_text=_("One text per score, from 1 up.")
    )
    tie_order = models.PositiveSmallIntegerField(
        _("order in a tie"),
        default=0,
        help_text=_("In a tie the criterion with the lowest number is compared first."),
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rubric", "code"], name="one_criterion_per_code")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.descriptors is None:  # what an empty field of a form means
            self.descriptors = []
        if not _is_list_of_texts(self.descriptors):
            raise ValidationError({"descriptors": _("Write a list of texts, one per score.")})
        if self.max_score is not None and len(self.descriptors) > self.max_score:
            raise ValidationError({"descriptors": _("There are more texts than scores.")})

    def descriptor(self, score: int) -> str:
        """What ``score`` means, if somebody wrote it down."""
        texts = self.descriptors if _is_list_of_texts(self.descriptors) else []
        return texts[score - 1] if 0 < score <= len(texts) else ""
