from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.committees.models.committee import CommitteeMember
from core.committees.models.meeting import Meeting


class AgendaItem(models.Model):
    """One thing that a meeting decides about: a subject and what is proposed."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="items", verbose_name=_("meeting")
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(_("object"))
    subject = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("title"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"))
    proposal: Any = models.JSONField(_("proposal"), default=dict, blank=True)

    decision: "Decision"

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering: ClassVar[list[str]] = ["meeting", "order", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["content_type", "object_id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "content_type", "object_id"], name="a_subject_once_per_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"

    @property
    def is_decided(self) -> bool:
        return hasattr(self, "decision")

    @property
    def outcome_label(self) -> str:
        return self.decision.get_outcome_display() if self.is_decided else "–"

    @property
    def version(self) -> int:
        """Tells the office's page that the item was decided meanwhile."""
        return int(self.is_decided)


class Recusal(models.Model):
    """A member who takes no part in one item (제척·기피·회피)."""

    class Kind(models.TextChoices):
        BARRED = "barred", _("Barred by the rules")
        CHALLENGED = "challenged", _("Challenged by a party")
        WITHDREW = "withdrew", _("Withdrew")

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="recusals", verbose_name=_("item")
    )
    member = models.ForeignKey(
        CommitteeMember, on_delete=models.PROTECT, related_name="recusals", verbose_name=_("member")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reason = models.CharField(_("reason"), max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "member"], name="one_recusal_per_item_and_member")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} · {self.member_id}"


class Decision(models.Model):
    """What the committee decided about an item. Once, and never changed: a new item takes it up again."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved as proposed")
        AMENDED = "amended", _("Approved with changes")
        REJECTED = "rejected", _("Rejected")
        DEFERRED = "deferred", _("Put off")

    item = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, related_name="decision", verbose_name=_("item")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    members = models.PositiveSmallIntegerField(_("members who may vote"))
    present = models.PositiveSmallIntegerField(_("present of these"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"))
    amount = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.item_id} · {self.outcome}"

    @property
    def outcome_kind(self) -> str:
        return {"approved": "success", "amended": "success", "rejected": "danger"}.get(
            self.outcome, "neutral"
        )
