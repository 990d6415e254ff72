import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.payments.models.charge import Charge
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle


class Checkout(Lifecycle):
    """One try to pay a charge on the hosted page. A charge has at most one live try."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("Preparing")
        OPEN = "open", _("Payment page open")
        COMPLETE = "complete", _("Complete")
        EXPIRED = "expired", _("Expired")
        FAILED = "failed", _("Failed")

    LIVE: ClassVar[list[str]] = [State.PREPARING, State.OPEN]

    charge = models.ForeignKey(
        Charge, on_delete=models.PROTECT, related_name="checkouts", verbose_name=_("charge")
    )
    idempotency_key = models.UUIDField(_("idempotency key"), default=uuid.uuid4, unique=True, editable=False)
    stripe_session_id = models.CharField(_("session"), max_length=200, unique=True, null=True, blank=True)
    url = models.URLField(_("address of the payment page"), max_length=1000, blank=True)
    state = FSMField(_("state"), protected=True, choices=State.choices, default=State.PREPARING)
    error = models.CharField(_("error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"), help_text=_("By the clock of the payment service."))

    class Meta:
        verbose_name = _("checkout")
        verbose_name_plural = _("checkouts")
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=models.Q(state__in=["preparing", "open"]),
                name="one_live_checkout_per_charge",
            )
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} · {self.state}"

    @transition(field="state", source=State.PREPARING, target=State.OPEN, custom=BY_SYSTEM)
    def open(self, *, session_id: str, url: str, expires_at: datetime) -> None:
        self.stripe_session_id = session_id
        self.url = url
        self.expires_at = expires_at

    # Every state: a verified message about money overrules what we believed about the session.
    @transition(
        field="state",
        source=[State.PREPARING, State.OPEN, State.EXPIRED, State.FAILED],
        target=State.COMPLETE,
        custom=BY_SYSTEM,
    )
    def complete(self, *, session_id: str) -> None:
        self.stripe_session_id = session_id

    @transition(field="state", source=[State.PREPARING, State.OPEN], target=State.EXPIRED, custom=BY_SYSTEM)
    def expire(self) -> None: ...

    @transition(field="state", source=[State.PREPARING, State.OPEN], target=State.FAILED, custom=BY_SYSTEM)
    def fail(self, *, error: str) -> None:
        self.error = error[:500]
