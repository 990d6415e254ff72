"""The funds and their fiscal years. All of it is data that staff set."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.committees.models import Committee
from core.workflow.models import Recorded
from loans.models.rates import LEGAL_CAP, RateField

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_WON = 10**12
"""Above any plan of a district: a sum of so many digits is a slip of the pen."""


class Fund(Recorded):
    """A fund of the district, founded by ordinance."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20)
    prefix = models.CharField(_("letter of its numbers"), max_length=2, unique=True)
    ordinance = models.CharField(_("ordinance"), max_length=200, blank=True)
    selection_percent = models.PositiveIntegerField(
        _("may be selected (% of the plan)"),
        default=120,
        validators=[MinValueValidator(100), MaxValueValidator(200)],
        help_text=_("Beyond it, applicants become reserves in order."),
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committee"),
        help_text=_("It decides who borrows. Empty: nobody can decide about applications yet."),
    )
    draw_within_months = models.PositiveSmallIntegerField(
        _("to be drawn within (months)"), default=3, help_text=_("Counted from the notice of selection.")
    )

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class FundYear(Recorded):
    """What a fund plans to lend in a fiscal year, and at which rate. The rate is set once a year."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="years", verbose_name=_("fund"))
    year = models.PositiveSmallIntegerField(
        _("fiscal year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    plan_amount = models.BigIntegerField(
        _("planned amount"), validators=[MinValueValidator(0), MaxValueValidator(MOST_WON)]
    )
    annual_rate = RateField(_("annual rate"))
    source = models.CharField(
        _("announced in"),
        max_length=200,
        blank=True,
        help_text=_(
            "Empty: the public is told that the rate is not confirmed, and is not shown the planned amount."
        ),
    )
    last_receipt = models.PositiveIntegerField(default=0, editable=False)
    last_loan = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("fiscal year of a fund")
        verbose_name_plural = _("fiscal years of funds")
        ordering: ClassVar[list[str]] = ["-year", "fund"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fund", "year"], name="one_plan_per_fund_and_year"),
            models.CheckConstraint(condition=models.Q(plan_amount__gte=0), name="plan_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(annual_rate__gte=0, annual_rate__lte=LEGAL_CAP),
                name="rate_within_the_legal_cap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.year}"

    @property
    def is_announced(self) -> bool:
        """Whether the plan is a fact that the public may be told."""
        return bool(self.source)

    @property
    def selectable_amount(self) -> int:
        """How much may be selected in all, in won."""
        return self.plan_amount * self.fund.selection_percent // 100


def legal_allocation() -> list[str]:
    """Costs, late interest, interest, principal (민법 479, 477). A migration knows it by this place."""
    return ["fee", "late_interest", "interest", "principal"]
