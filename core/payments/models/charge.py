import uuid
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle


class Charge(Lifecycle):
    """Something a person may pay online: an amount for a subject, for example a loan. Paid at most once."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for payment")
        PAID = "paid", _("Paid")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="charges", verbose_name=_("payer")
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(_("object"))
    subject = GenericForeignKey("content_type", "object_id")
    amount = models.PositiveBigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, default="KRW", editable=False)
    description = models.CharField(_("description"), max_length=200)
    state = FSMField(_("state"), protected=True, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(_("opened at"))
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_amount = models.PositiveBigIntegerField(_("amount received"), null=True, blank=True)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["content_type", "object_id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="charge_amount_is_positive"),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(state="open"),
                name="one_open_charge_per_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description} · {self.amount:,}"

    @property
    def state_kind(self) -> str:
        return {"open": "info", "paid": "success"}.get(self.state, "neutral")

    @property
    def number(self) -> str:
        """What the receipt and a telephone call name it."""
        return f"P-{str(self.key)[:8].upper()}"

    @property
    def payment_key(self) -> str:
        """Names this payment in the ledger of the subject."""
        return f"card:{self.key}"

    # A payment may still arrive for a charge that was cancelled meanwhile: money received is a fact.
    # Finance may enter another amount than was asked; the platform enters that amount only.
    @transition(
        field="state",
        source=[State.OPEN, State.CANCELLED],
        target=State.PAID,
        permission="payments.accept_payment",
        custom=BY_SYSTEM,
    )
    def mark_paid(self, *, at: datetime, received_on: date, amount: int) -> None:
        self.paid_at = at
        self.received_on = received_on
        self.received_amount = amount

    @transition(
        field="state",
        source=State.OPEN,
        target=State.CANCELLED,
        permission="payments.pay",
        custom=BY_SYSTEM,
    )
    def cancel(self) -> None: ...
