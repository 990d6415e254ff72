import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.workflow.models import Lifecycle


class BankDeposit(Lifecycle):
    """Money on the district's bank account, entered by finance. A wrong one is reversed, never edited."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("Recorded")
        REVERSED = "reversed", _("Reversed")

    reference = models.UUIDField(
        _("reference"),
        default=uuid.uuid4,
        unique=True,
        help_text=_("One per form shown: makes it count once."),
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(_("object"))
    subject = GenericForeignKey("content_type", "object_id")
    deposited_on = models.DateField(_("deposited on"))
    amount = models.PositiveBigIntegerField(_("amount"))
    payer_name = models.CharField(_("name of the payer"), max_length=60)
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = FSMField(_("state"), protected=True, choices=State.choices, default=State.RECORDED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    reversed_at = models.DateTimeField(_("reversed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("bank deposit")
        verbose_name_plural = _("bank deposits")
        ordering: ClassVar[list[str]] = ["-deposited_on", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["content_type", "object_id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="bank_deposit_is_positive")
        ]

    def __str__(self) -> str:
        return f"{self.deposited_on} · {self.payer_name} · {self.amount:,}"

    @property
    def state_kind(self) -> str:
        return "success" if self.state == self.State.RECORDED else "neutral"

    @property
    def payment_key(self) -> str:
        """Names this payment in the ledger of the subject."""
        return f"bank:{self.reference}"

    @transition(
        field="state",
        source=State.RECORDED,
        target=State.REVERSED,
        permission="payments.reverse_bank_deposit",
    )
    def reverse(self, *, at: datetime) -> None:
        self.reversed_at = at
