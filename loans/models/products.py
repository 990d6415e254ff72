"""What the funds lend, and what they ask of those who apply. All of it is data that staff set."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow.models import Recorded
from loans.engine import (
    AllocationOrder,
    Component,
    DayCount,
    EngineError,
    Frequency,
    LateBase,
    LateRule,
    Method,
    Prepaying,
    Rounding,
    Terms,
    Waterfall,
    WorkingDay,
    build_schedule,
)
from loans.engine.checks import MOST_INSTALMENTS
from loans.models import choices
from loans.models.funds import MOST_WON, Fund, legal_allocation
from loans.models.rates import LEGAL_CAP, RateField

ANY_DAY = date(2026, 1, 2)
"""Whether terms are possible depends on no day."""
AMOUNT = [MinValueValidator(1), MaxValueValidator(MOST_WON)]
FLAWS: dict[str, tuple[str, ValidationError]] = {
    "instalments": (
        "instalments",
        ValidationError(_("Write a whole number from 1 to %(most)s."), params={"most": MOST_INSTALMENTS}),
    ),
    "grace": (
        "grace_instalments",
        ValidationError(_("The grace period must end before the last instalment.")),
    ),
    "interest_follows": ("interest_follows", ValidationError(_("This does not go with whole periods."))),
    "rounding.unit": ("interest_unit", ValidationError(_("Write 1 or more."))),
    "late.spread": ("late_spread", ValidationError(_("Late interest is not below the agreed rate."))),
    "late.cap": ("late_cap", ValidationError(_("Late interest is not below the agreed rate."))),
    "late.grace_days": ("late_grace_days", ValidationError(_("Write a whole number of days."))),
    "allocation.components": (
        "allocation_order",
        ValidationError(_("Name each of the four components once.")),
    ),
}
"""By the engine's name of a field: the one that staff see, and what is wrong with it."""


def as_form_error(impossible: EngineError) -> ValidationError:
    """What the engine refuses, at the field of the product's form; above them where none is to blame."""
    if impossible.field not in FLAWS:
        return ValidationError(_("These terms contradict each other. Please check them."))
    field, message = FLAWS[impossible.field]
    return ValidationError({field: message})


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


class Product(Recorded):
    """What is lent, to whom, on which terms. A loan copies the terms when it is paid out."""

    class Servicing(models.TextChoices):
        BANK = "bank", _("by the entrusted bank")
        DISTRICT = "district", _("by the district")

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="products", verbose_name=_("fund"))
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    summary = models.TextField(_("summary"), blank=True)
    who = models.TextField(_("who may apply"), blank=True, help_text=_("One condition per line."))
    excluded = models.TextField(_("who may not"), blank=True, help_text=_("One condition per line."))
    servicing = models.CharField(_("serviced"), max_length=10, choices=Servicing, default=Servicing.DISTRICT)
    is_public = models.BooleanField(_("shown to the public"), default=True)
    for_pre_founders = models.BooleanField(
        _("pre-founders may apply"),
        default=False,
        help_text=_("They name the business that they plan; it is registered before the loan is prepared."),
    )

    minimum = models.BigIntegerField(
        _("smallest amount"),
        null=True,
        blank=True,
        validators=AMOUNT,
        help_text=_("Empty: none was announced."),
    )
    limit = models.BigIntegerField(_("largest amount"), validators=AMOUNT)
    micro_limit = models.BigIntegerField(
        _("largest amount for a micro-business"), null=True, blank=True, validators=AMOUNT
    )
    amount_step = models.BigIntegerField(_("in steps of"), default=1_000_000, validators=AMOUNT)
    purposes = models.JSONField(_("purposes"), default=list)

    method = models.CharField(
        _("repayment"), max_length=20, choices=choices.METHODS, default=Method.EQUAL_PRINCIPAL
    )
    instalments = models.PositiveSmallIntegerField(
        _("instalments in all"), help_text=_("The ones of the grace period included.")
    )
    grace_instalments = models.PositiveSmallIntegerField(_("of which in the grace period"), default=0)
    frequency = models.CharField(
        _("frequency"), max_length=20, choices=choices.FREQUENCIES, default=Frequency.MONTHLY
    )
    day_count = models.CharField(
        _("day count"), max_length=10, choices=choices.DAY_COUNTS, default=DayCount.ACT_ACT
    )
    working_day = models.CharField(
        _("due date on a non-working day"),
        max_length=20,
        choices=choices.WORKING_DAYS,
        default=WorkingDay.FOLLOWING,
    )
    interest_follows = models.BooleanField(_("interest follows a moved due date"), default=False)
    interest_unit = models.PositiveSmallIntegerField(_("interest is cut down to multiples of"), default=1)

    late_spread = RateField(_("late interest: spread"), default=Decimal("0.03"))
    late_cap = RateField(_("late interest: cap"), default=LEGAL_CAP)
    late_base = models.CharField(
        _("late interest on"),
        max_length=20,
        choices=choices.LATE_BASES,
        default=LateBase.WHOLE_PRINCIPAL,
    )
    late_grace_days = models.PositiveSmallIntegerField(_("days without late interest"), default=0)
    allocation_order = models.JSONField(_("order of allocation"), default=legal_allocation)
    allocation_run = models.CharField(
        _("allocation runs"),
        max_length=20,
        choices=choices.WATERFALLS,
        default=Waterfall.BY_COMPONENT,
    )
    prepaying = models.CharField(
        _("money beyond what is due"),
        max_length=10,
        choices=choices.PREPAYINGS,
        default=Prepaying.HOLD,
    )

    class Meta:
        verbose_name = _("loan product")
        verbose_name_plural = _("loan products")
        ordering: ClassVar[list[str]] = ["fund", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount_step__gt=0, limit__gt=0)
                & (models.Q(minimum=None) | models.Q(minimum__gt=0, limit__gte=models.F("minimum"))),
                name="product_amounts_make_sense",
            ),
            models.CheckConstraint(
                condition=models.Q(grace_instalments__lt=models.F("instalments")),
                name="grace_ends_before_the_loan",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The engine says whether such a loan can be; what it refuses stands at its field."""
        super().clean()
        if self.limit is None or self.limit < 1:  # said at the field already
            return
        errors: dict[str, Any] = dict(self._wrong_amounts())
        if not _is_list_of_words(self.purposes):
            errors["purposes"] = _("Write a list of words.")
        if not _is_list_of_words(self.allocation_order) or not set(self.allocation_order) <= set(Component):
            errors["allocation_order"] = _("Name each of the four components once.")
        if errors:
            raise ValidationError(errors)
        try:
            build_schedule(self.terms(principal=self.limit, annual_rate=LEGAL_CAP, start=ANY_DAY))
        except EngineError as impossible:
            raise as_form_error(impossible) from impossible

    def terms(
        self,
        *,
        principal: int,
        annual_rate: Decimal,
        start: date,
        due_day: int | None = None,
        holidays: Iterable[date] = (),
    ) -> Terms:
        """The engine's terms of one loan. Raises ``EngineError`` for impossible ones."""
        unit = Rounding(unit=self.interest_unit)
        return Terms(
            principal=principal,
            annual_rate=annual_rate,
            start=start,
            instalments=self.instalments,
            grace=self.grace_instalments,
            method=Method(self.method),
            frequency=Frequency(self.frequency),
            due_day=due_day or start.day,
            working_day=WorkingDay(self.working_day),
            interest_follows=self.interest_follows,
            holidays=frozenset(holidays),
            day_count=DayCount(self.day_count),
            interest_rounding=unit,
            late=LateRule(
                spread=Fraction(self.late_spread),
                cap=Fraction(self.late_cap),
                base=LateBase(self.late_base),
                grace_days=self.late_grace_days,
                rounding=unit,
            ),
            allocation=AllocationOrder(
                components=tuple(Component(name) for name in self.allocation_order),
                run=Waterfall(self.allocation_run),
            ),
            prepaying=Prepaying(self.prepaying),
        )

    def _wrong_amounts(self) -> Iterator[tuple[str, Any]]:
        for name in ("minimum", "micro_limit"):
            if (getattr(self, name) or 0) > self.limit:
                yield name, _("This is more than the largest amount.")

    @property
    def least(self) -> int:
        """The least that may be borrowed, in won: what was announced, else one step."""
        return self.minimum or self.amount_step

    def limit_for(self, *, is_micro: bool) -> int:
        """The most that may be borrowed, in won."""
        return self.micro_limit if is_micro and self.micro_limit is not None else self.limit

    @property
    def is_bank_serviced(self) -> bool:
        """Whether the entrusted bank lends and is paid: its ledger counts, ours copies what it reports."""
        return self.servicing == self.Servicing.BANK
