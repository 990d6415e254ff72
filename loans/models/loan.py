from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, transition

from core.accounts.models import Business
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle
from loans.engine import Component, Soundness
from loans.models import choices
from loans.models.applications import LoanApplication
from loans.models.funds import FundYear
from loans.models.products import Product


class Loan(Lifecycle):
    """One loan. Its ledger is the truth; the figures below ``as_of`` are a cache of the engine's replay."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        APPROVED = "approved", _("Approved")
        ACTIVE = "active", _("Being repaid")
        ACCELERATED = "accelerated", _("Accelerated")
        REPAID = "repaid", _("Repaid")
        WRITTEN_OFF = "written_off", _("Written off")
        CANCELLED = "cancelled", _("Cancelled")

    OUTSTANDING: ClassVar[frozenset[str]] = frozenset({State.ACTIVE, State.ACCELERATED})
    PAID_OUT: ClassVar[frozenset[str]] = OUTSTANDING | {State.REPAID, State.WRITTEN_OFF}

    state = FSMField(_("state"), default=State.PREPARED, choices=State.choices, protected=True, db_index=True)
    number = models.CharField(_("loan number"), max_length=20, unique=True)
    application = models.OneToOneField(
        LoanApplication,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="loan",
        verbose_name=_("loan application"),
    )
    fund_year = models.ForeignKey(
        FundYear, on_delete=models.PROTECT, related_name="loans", verbose_name=_("fiscal year")
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="loans", verbose_name=_("loan product")
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="loans", verbose_name=_("business")
    )
    borrower = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="loans", verbose_name=_("borrower")
    )
    servicing = models.CharField(_("serviced"), max_length=10, choices=Product.Servicing)
    principal = models.BigIntegerField(_("principal"))
    annual_rate = models.DecimalField(_("annual rate"), max_digits=6, decimal_places=5)
    due_day = models.PositiveSmallIntegerField(_("day of the month"))
    terms = models.JSONField(_("terms"), editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    disbursed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("disbursed by"),
    )
    disbursed_on = models.DateField(_("disbursed on"), null=True)
    matures_on = models.DateField(_("matures on"), null=True)
    repaid_on = models.DateField(_("repaid on"), null=True)

    balance = models.BigIntegerField(_("principal outstanding"), default=0)
    principal_due = models.BigIntegerField(_("principal due"), default=0)
    interest_due = models.BigIntegerField(_("interest due"), default=0)
    late_interest = models.BigIntegerField(_("late interest"), default=0)
    fees_due = models.BigIntegerField(_("costs due"), default=0)
    unapplied = models.BigIntegerField(_("money held"), default=0)
    arrears = models.BigIntegerField(_("arrears"), default=0)
    missed = models.PositiveSmallIntegerField(_("instalments missed"), default=0)
    days_overdue = models.PositiveIntegerField(_("days overdue"), default=0)
    classification = models.CharField(
        _("soundness"), max_length=20, choices=choices.SOUNDNESS, default=Soundness.NORMAL
    )
    next_due_on = models.DateField(_("next due on"), null=True)
    next_due_amount = models.BigIntegerField(_("next amount due"), default=0)
    as_of = models.DateField(_("as of"), null=True, help_text=_("The day of the figures."))
    closed_through = models.DateField(_("day end done up to"), null=True)

    class Meta:
        verbose_name = _("loan")
        verbose_name_plural = _("loans")
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "closed_through"]),
            models.Index(fields=["state", "days_overdue"]),
            models.Index(fields=["state", "next_due_on"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(principal__gt=0), name="loan_has_a_principal"),
            models.CheckConstraint(
                condition=models.Q(balance__gte=0, arrears__gte=0, unapplied__gte=0),
                name="loan_figures_are_not_negative",
            ),
            # The two-person rule holds whatever the code above it does.
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("prepared_by")),
                name="loan_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=models.Q(disbursed_by__isnull=True)
                | ~models.Q(disbursed_by=models.F("approved_by")),
                name="loan_disbursed_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_outstanding(self) -> bool:
        return self.state in self.OUTSTANDING

    @property
    def is_overdue(self) -> bool:
        return self.is_outstanding and self.days_overdue > 0

    @property
    def is_bank_serviced(self) -> bool:
        """Whether the bank's ledger counts and ours is a copy: see ``Product``."""
        return self.servicing == Product.Servicing.BANK

    @property
    def is_paid_online(self) -> bool:
        return self.is_outstanding and not self.is_bank_serviced

    @property
    def forgivable(self) -> dict[str, int]:
        """By component what is owed and may be waived; principal is not."""
        return {
            Component.FEE: self.fees_due,
            Component.LATE_INTEREST: self.late_interest,
            Component.INTEREST: self.interest_due,
        }

    @property
    def owed(self) -> int:
        """Everything due as of ``as_of``, in won."""
        return self.principal_due + self.interest_due + self.late_interest + self.fees_due

    @transition(field=state, source=State.PREPARED, target=State.APPROVED, permission="loans.approve_loan")
    def approve(self, *, approver: Any, at: datetime) -> None:
        """A finance approver who did not prepare it agrees."""
        self.approved_by = approver
        self.approved_at = at

    @transition(field=state, source=State.APPROVED, target=State.ACTIVE, permission="loans.disburse_loan")
    def disburse(
        self,
        *,
        payer: Any,
        on: date,
        annual_rate: Decimal,
        terms: dict[str, Any],
        matures_on: date,
    ) -> None:
        """Finance staff who did not approve it pay it out; rate and terms are fixed."""
        self.disbursed_by = payer
        self.disbursed_on = on
        self.annual_rate = annual_rate
        self.terms = terms
        self.matures_on = matures_on

    @transition(
        field=state,
        source=[State.PREPARED, State.APPROVED],
        target=State.CANCELLED,
        permission="loans.cancel_loan",
    )
    def cancel(self, **_inputs: Any) -> None:
        """Not paid out after all."""

    @transition(
        field=state,
        source=[State.ACTIVE, State.ACCELERATED],
        target=State.REPAID,
        permission="loans.close_loan",
        custom=BY_SYSTEM,
    )
    def repay(self, *, on: date) -> None:
        """The replay says that nothing is owed any more."""
        self.repaid_on = on

    @transition(
        field=state,
        source=State.REPAID,
        target=RETURN_VALUE(State.ACTIVE, State.ACCELERATED),
        permission="loans.close_loan",
        custom=BY_SYSTEM,
    )
    def reopen(self, *, accelerated: bool) -> str:
        """A payment was reversed and something is owed again; what was called in stays called in."""
        self.repaid_on = None
        return self.State.ACCELERATED if accelerated else self.State.ACTIVE

    @transition(
        field=state, source=State.ACTIVE, target=State.ACCELERATED, permission="loans.accelerate_loan"
    )
    def accelerate(self, **_inputs: Any) -> None:
        """기한의 이익 상실: a decision of staff with its reason, never automatic."""

    @transition(
        field=state,
        source=[State.ACTIVE, State.ACCELERATED],
        target=State.WRITTEN_OFF,
        permission="loans.write_off_loan",
    )
    def write_off(self, **_inputs: Any) -> None:
        """대손상각: a decision of the approver with its reason."""


class LoanCertificate(models.Model):
    """완납증명서: that a loan was repaid in full. Taken back when a payment behind it was reversed."""

    loan = models.ForeignKey(
        Loan, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("loan")
    )
    number = models.CharField(_("document number"), max_length=20, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    content = models.JSONField(_("content"))
    revoked_at = models.DateTimeField(_("taken back at"), null=True)

    class Meta:
        verbose_name = _("certificate of full repayment")
        verbose_name_plural = _("certificates of full repayment")
        ordering: ClassVar[list[str]] = ["-issued_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["loan"], condition=models.Q(revoked_at__isnull=True), name="one_valid_certificate"
            )
        ]

    def __str__(self) -> str:
        return self.number
