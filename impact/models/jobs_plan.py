"""The district's yearly jobs plan (일자리대책): what was promised, and what came of it quarter by quarter."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobsPlan(models.Model):
    """One year's plan. What is not known stays empty and is not shown."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    target_jobs = models.PositiveIntegerField(_("jobs to create"))
    project_count = models.PositiveSmallIntegerField(_("main projects"), null=True, blank=True)
    employment_rate = models.DecimalField(
        _("employment rate (%)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    employed = models.PositiveIntegerField(_("people employed"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)

    class Meta:
        verbose_name = _("jobs plan")
        verbose_name_plural = _("jobs plans")
        ordering: ClassVar[list[str]] = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class Area(models.Model):
    """One of the plan's areas (분야)."""

    plan = models.ForeignKey(
        JobsPlan, on_delete=models.CASCADE, related_name="areas", verbose_name=_("jobs plan")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(pgettext_lazy("jobs plan", "area"), max_length=60)

    class Meta:
        verbose_name = pgettext_lazy("jobs plan", "area")
        verbose_name_plural = pgettext_lazy("jobs plan", "areas")
        ordering: ClassVar[list[str]] = ["-plan__year", "order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "name"], name="one_area_per_plan_and_name")
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.name}"


class Project(models.Model):
    """A project that the plan names; under an area where the plan says which."""

    plan = models.ForeignKey(
        JobsPlan, on_delete=models.CASCADE, related_name="projects", verbose_name=_("jobs plan")
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=pgettext_lazy("jobs plan", "area"),
        help_text=_("Empty when the plan does not say."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("project"), max_length=120)
    partner = models.CharField(_("partner"), max_length=120, blank=True)
    is_new = models.BooleanField(_("new this year"), default=False)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering: ClassVar[list[str]] = ["plan", "order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "name"], name="one_project_per_plan_and_name")
        ]

    def __str__(self) -> str:
        return self.name


class AreaResult(models.Model):
    """What one area aimed at and reached in one quarter (not cumulative)."""

    class Quarter(models.IntegerChoices):
        Q1 = 1, _("1st quarter")
        Q2 = 2, _("2nd quarter")
        Q3 = 3, _("3rd quarter")
        Q4 = 4, _("4th quarter")

    area = models.ForeignKey(
        Area,
        on_delete=models.CASCADE,
        related_name="results",
        verbose_name=pgettext_lazy("jobs plan", "area"),
    )
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    target = models.PositiveIntegerField(_("target"))
    achieved = models.PositiveIntegerField(_("achieved"))
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(
        _("demonstration data"),
        default=False,
        help_text=_("Shown to the public with a mark, never as a fact."),
    )

    class Meta:
        verbose_name = _("quarterly result")
        verbose_name_plural = _("quarterly results")
        ordering: ClassVar[list[str]] = ["area", "quarter"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "quarter"], name="one_result_per_area_and_quarter"),
            models.CheckConstraint(
                condition=models.Q(quarter__gte=1, quarter__lte=4), name="quarter_from_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} · {self.get_quarter_display()}"
