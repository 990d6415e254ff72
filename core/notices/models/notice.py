from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

SUBJECT = 200
"""The longest subject of a mail; what is longer is cut."""


class Notice(models.Model):
    """One message to one person, written together with what it tells about and delivered afterwards.

    Its words are rendered when it is queued, so that what was true then is what is read; the mail is laid out
    around them when it goes. The same event is told once: ``dedupe_key`` is unique.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="notices",
        verbose_name=_("recipient"),
    )
    address = models.EmailField(
        _("sent to"), blank=True, help_text=_("Empty: the address of the recipient when it is sent.")
    )
    event = models.CharField(_("event"), max_length=80)
    dedupe_key = models.CharField(_("told once per"), max_length=200, unique=True)
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=SUBJECT)
    body_text = models.TextField(_("text"))
    url = models.TextField(_("leads to"), blank=True)  # a Korean slug takes nine letters a syllable
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "next_attempt_at"]),
            models.Index(fields=["recipient", "-created_at"]),
            models.Index(fields=["-created_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def to(self) -> str:
        """The address that the mail goes to."""
        return self.address or self.recipient.email

    @property
    def version(self) -> int:
        """Grows with every attempt, so that a page can tell that it is stale."""
        return self.attempts

    @property
    def state_kind(self) -> str:
        """The colour of the state's tag."""
        kinds = {self.State.SENT: "success", self.State.FAILED: "danger"}
        return kinds.get(self.State(self.state), "info")
