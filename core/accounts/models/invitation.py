from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.accounts.models.business import Business, Membership
from core.errors import NotNow
from core.privacy.masking import mask_email
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle


class Invitation(Lifecycle):
    """An address is asked to act for a business. Nobody becomes a member without having said yes.

    The address is that of somebody who may not be with us: it is masked as soon as it is no longer needed.
    """

    LASTS: ClassVar[timedelta] = timedelta(days=14)

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back")
        LAPSED = "lapsed", _("Lapsed")

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("business")
    )
    email = models.EmailField(_("e-mail"))
    part = models.CharField(_("part"), max_length=10, choices=Membership.Part, default=Membership.Part.MEMBER)
    state = FSMField(_("state"), protected=True, choices=State.choices, default=State.OPEN)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="invitations",
        verbose_name=_("invited person"),
        help_text=_("Known once somebody has confirmed the address. Never shown to who invites."),
    )
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("to be answered by"), db_index=True)

    class Meta:
        verbose_name = _("invitation to a business")
        verbose_name_plural = _("invitations to businesses")
        ordering: ClassVar[list[str]] = ["-invited_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["business", "email"],
                condition=models.Q(state="open"),
                name="one_open_invitation_per_business_and_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.business_id} · {self.state}"

    @property
    def state_kind(self) -> str:
        return {"open": "info", "accepted": "success"}.get(self.state, "neutral")

    @transition(
        field=state, source=State.OPEN, target=State.ACCEPTED, permission="accounts.answer_invitation"
    )
    def accept(self, *, at: datetime) -> None:
        if at >= self.expires_at:
            raise NotNow(_("This invitation has lapsed. Ask for a new one."))
        self._forget_address()

    @transition(field=state, source=State.OPEN, target=State.REFUSED, permission="accounts.answer_invitation")
    def refuse(self) -> None:
        self._forget_address()

    @transition(
        field=state, source=State.OPEN, target=State.WITHDRAWN, permission="accounts.withdraw_invitation"
    )
    def withdraw(self) -> None:
        self._forget_address()

    @transition(field=state, source=State.OPEN, target=State.LAPSED, custom=BY_SYSTEM)
    def lapse(self, *, at: datetime) -> None:
        if at < self.expires_at:
            raise NotNow(_("The invitation can still be answered."))
        self._forget_address()

    def _forget_address(self) -> None:
        self.email = mask_email(self.email)
