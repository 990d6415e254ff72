from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan


class LedgerEntry(models.Model):
    """What happened to a loan, in the order of recording. Only added to: triggers refuse anything else."""

    class Kind(models.TextChoices):
        DISBURSEMENT = "disbursement", _("Disbursement")
        PAYMENT = "payment", _("Payment")
        FEE = "fee", _("Cost")
        WAIVER = "waiver", _("Waiver")
        REFUND = "refund", _("Refund")
        RATE_CHANGE = "rate_change", _("Change of rate")
        RESCHEDULING = "rescheduling", _("Rescheduling")
        ACCELERATION = "acceleration", _("Acceleration")
        WRITE_OFF = "write_off", _("Write-off")
        RECOVERY = "recovery", _("Recovery")
        REVERSAL = "reversal", _("Reversal")

    WITH_AMOUNT: ClassVar[tuple[str, ...]] = (
        Kind.DISBURSEMENT,
        Kind.PAYMENT,
        Kind.FEE,
        Kind.WAIVER,
        Kind.REFUND,
        Kind.RECOVERY,
    )

    CORRECTIONS: ClassVar[tuple[str, ...]] = (Kind.FEE, Kind.WAIVER, Kind.REFUND)
    """What staff book beside the borrower's payments."""

    class Source(models.TextChoices):
        CARD = "card", _("Card")
        BANK = "bank", _("Bank deposit")
        OFFICE = "office", _("Office")
        REPORT = "report", _("Report of the bank")
        SYSTEM = "system", _("System")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="entries", verbose_name=_("loan"))
    sequence = models.PositiveIntegerField(_("sequence"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    value_date = models.DateField(_("value date"), db_index=True)
    amount = models.BigIntegerField(_("amount"), default=0)
    data = models.JSONField(_("details"), default=dict)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.OFFICE)
    payment_key = models.CharField(_("payment key"), max_length=120, unique=True, null=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering: ClassVar[list[str]] = ["loan", "sequence"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["loan", "sequence"], name="one_entry_per_sequence"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["disbursement", "payment", "fee", "waiver", "refund", "recovery"], amount__gt=0
                )
                | models.Q(
                    kind__in=["rate_change", "rescheduling", "acceleration", "write_off", "reversal"],
                    amount=0,
                ),
                name="entry_amount_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="reversal", reverses__isnull=False)
                | (~models.Q(kind="reversal") & models.Q(reverses__isnull=True)),
                name="entry_reverses_when_a_reversal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id} #{self.sequence} {self.kind}"

    @property
    def event_id(self) -> str:
        """The entry's name among the engine's events."""
        return str(self.sequence)

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("the ledger is never edited")
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        raise TypeError("the ledger is never deleted")


class LoanInstalment(models.Model):
    """One instalment as the replay sees it: a cache, rewritten when the ledger or the day changes it."""

    class State(models.TextChoices):
        UPCOMING = "upcoming", _("To come")
        PARTLY = "partly", _("Partly paid")
        PAID = "paid", _("Paid")
        DUE = "due", _("Due today")
        OVERDUE = "overdue", _("Overdue")

    loan = models.ForeignKey(
        Loan, on_delete=models.CASCADE, related_name="instalments", verbose_name=_("loan")
    )
    number = models.PositiveSmallIntegerField(_("instalment"))
    due_on = models.DateField(_("due on"))
    days = models.PositiveSmallIntegerField(_("days"))
    principal = models.BigIntegerField(_("principal"))
    interest = models.BigIntegerField(_("interest"))
    late_interest = models.BigIntegerField(_("late interest"), default=0)
    paid_principal = models.BigIntegerField(_("principal paid"), default=0)
    paid_interest = models.BigIntegerField(_("interest paid"), default=0)
    paid_late = models.BigIntegerField(_("late interest paid"), default=0)
    waived = models.BigIntegerField(_("waived"), default=0)
    balance = models.BigIntegerField(_("balance after"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPCOMING)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering: ClassVar[list[str]] = ["loan", "number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["due_on", "state"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["loan", "number"], name="one_instalment_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.loan_id} / {self.number}"

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.late_interest

    @property
    def paid(self) -> int:
        return self.paid_principal + self.paid_interest + self.paid_late

    @property
    def open(self) -> int:
        return self.total - self.paid - self.waived
