"""The funds, their fiscal years and the products they lend through. All of it is data that staff set."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Business
from core.whole_number import whole_number
from loans.engine import DayCount, Frequency, LateBase, Method, Prepaying, Waterfall, WorkingDay
from loans.models import choices

LEGAL_CAP = Decimal("0.2")  # 이자제한법
LEGAL_ALLOCATION = ["fee", "late_interest", "interest", "principal"]


def legal_allocation() -> list[str]:
    """Costs, late interest, interest, principal (민법 479, 477)."""
    return list(LEGAL_ALLOCATION)


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


class Fund(models.Model):
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
    draw_within_months = models.PositiveSmallIntegerField(
        _("to be drawn within (months)"), default=3, help_text=_("Counted from the notice of selection.")
    )

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class FundYear(models.Model):
    """What a fund plans to lend in a fiscal year, and at which rate. The rate is set once a year."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="years", verbose_name=_("fund"))
    year = models.PositiveSmallIntegerField(_("fiscal year"))
    plan_amount = models.BigIntegerField(_("planned amount"), validators=[MinValueValidator(0)])
    annual_rate = models.DecimalField(
        _("annual rate"), max_digits=6, decimal_places=5, validators=[MinValueValidator(Decimal(0))]
    )
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
                condition=models.Q(annual_rate__gte=0, annual_rate__lte=Decimal("0.2")),
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


class Product(models.Model):
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
        _("smallest amount"), null=True, blank=True, help_text=_("Empty: none was announced.")
    )
    limit = models.BigIntegerField(_("largest amount"))
    micro_limit = models.BigIntegerField(_("largest amount for a micro-business"), null=True, blank=True)
    amount_step = models.BigIntegerField(_("in steps of"), default=1_000_000)
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

    late_spread = models.DecimalField(
        _("late interest: spread"), max_digits=6, decimal_places=5, default=Decimal("0.03")
    )
    late_cap = models.DecimalField(
        _("late interest: cap"), max_digits=6, decimal_places=5, default=Decimal("0.2")
    )
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
        super().clean()
        errors: dict[str, Any] = {}
        if not _is_list_of_words(self.allocation_order) or sorted(self.allocation_order) != sorted(
            LEGAL_ALLOCATION
        ):
            errors["allocation_order"] = _("Name each of the four components once.")
        if not _is_list_of_words(self.purposes):
            errors["purposes"] = _("Write a list of words.")
        if self.interest_unit is not None and self.interest_unit < 1:
            errors["interest_unit"] = _("Write 1 or more.")
        if self.late_spread is not None and Decimal(self.late_spread) < 0:
            errors["late_spread"] = _("Late interest is not below the agreed rate.")
        if self.late_cap is not None and not 0 <= Decimal(self.late_cap) <= LEGAL_CAP:
            errors["late_cap"] = _("The law allows 20 % a year at most.")
        if self.interest_follows and self.day_count == DayCount.PERIODS:
            errors["interest_follows"] = _("This does not go with whole periods.")
        if errors:
            raise ValidationError(errors)

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


class ProductDocument(models.Model):
    """A document to be handed in with an application for the product."""

    class AskedOf(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        REGISTERED = "registered", _("registered businesses only")
        COMPANIES = "companies", _("companies only")

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="documents", verbose_name=_("loan product")
    )
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    help_text = models.CharField(_("explanation"), max_length=200, blank=True)
    required = models.BooleanField(_("required"), default=True)
    asked_of = models.CharField(_("asked of"), max_length=10, choices=AskedOf, default=AskedOf.EVERYBODY)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("document for a loan product")
        verbose_name_plural = _("documents for loan products")
        ordering: ClassVar[list[str]] = ["product", "order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product", "code"], name="one_document_code_per_product")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """The kind under which core.documents keeps the file."""
        return self.code

    def is_asked_of(self, business: Business) -> bool:
        """Whether ``business`` has to think of it: a planned one has no papers of its own yet."""
        if self.asked_of == self.AskedOf.COMPANIES:
            return business.is_registered and business.kind == Business.Kind.COMPANY
        return business.is_registered or self.asked_of == self.AskedOf.EVERYBODY


class EligibilityItem(models.Model):
    """One condition that staff confirm for each application. Some can be worked out from what we know."""

    class Hint(models.TextChoices):
        NONE = "", _("nothing: staff look")
        AGE = "age", _("age of the applicant")
        RESIDENCE = "residence", _("months lived in the district")
        ADDRESS = "address", _("address of the business")
        AMOUNT = "amount", _("amount within the limit")
        DOCUMENTS = "documents", _("documents handed in")

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="eligibility_items", verbose_name=_("loan product")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("condition"), max_length=120)
    source = models.CharField(_("rule"), max_length=120, blank=True)
    hint = models.CharField(_("worked out from"), max_length=20, choices=Hint, blank=True, default=Hint.NONE)
    parameter = models.CharField(
        _("value"), max_length=40, blank=True, help_text=_("the age, the months or the word in the address")
    )

    class Meta:
        verbose_name = _("condition for a loan product")
        verbose_name_plural = _("conditions for loan products")
        ordering: ClassVar[list[str]] = ["product", "order", "pk"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.hint in {self.Hint.AGE, self.Hint.RESIDENCE} and whole_number(self.parameter) is None:
            raise ValidationError({"parameter": _("Write a whole number here.")})
