from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.errors import NotNow
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle
from loans.models.funds import MOST_WON, FundYear
from loans.models.products import Product


class LoanRound(Lifecycle):
    """융자계획: the announced chance to apply for a product, with its own share of the fund's year."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CLOSED = "closed", _("Closed")

    state = FSMField(_("state"), default=State.DRAFT, choices=State.choices, protected=True, db_index=True)
    fund_year = models.ForeignKey(
        FundYear, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("fiscal year")
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("loan product")
    )
    title = models.CharField(_("title"), max_length=120)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"), db_index=True)
    plan_amount = models.BigIntegerField(
        _("planned amount"), validators=[MinValueValidator(1), MaxValueValidator(MOST_WON)]
    )
    notice = models.TextField(_("announcement"), blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False, editable=False)

    class Meta:
        verbose_name = _("loan round")
        verbose_name_plural = _("loan rounds")
        ordering: ClassVar[list[str]] = ["-opens_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=models.Q(plan_amount__gt=0), name="round_has_a_plan"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The round must close after it opens.")})
        if self.product_id and self.fund_year_id and self.product.fund_id != self.fund_year.fund_id:
            raise ValidationError({"product": _("The product belongs to another fund.")})

    def is_open(self, now: datetime) -> bool:
        """Whether an application may be handed in at ``now``: the closing moment itself is too late."""
        return self.state == self.State.PUBLISHED and self.opens_at <= now < self.closes_at

    @property
    def selectable_amount(self) -> int:
        """How much of this round may be selected, in won."""
        return self.plan_amount * self.fund_year.fund.selection_percent // 100

    @transition(field=state, source=State.DRAFT, target=State.PUBLISHED, permission="loans.manage_round")
    def publish(self, **_inputs: Any) -> None:
        """The plan is announced."""

    @transition(
        field=state,
        source=State.PUBLISHED,
        target=State.CLOSED,
        permission="loans.manage_round",
        custom=BY_SYSTEM,
    )
    def close(self, *, at: datetime) -> None:
        """No more applications; those handed in go on."""
        if at < self.closes_at:
            raise NotNow(_("The round is still open for applications."))
