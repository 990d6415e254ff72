from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.committees.models.committee import Committee, CommitteeMember
from core.workflow.models import Lifecycle


class Meeting(Lifecycle):
    """A meeting of a committee, or a review in writing: called, held, written down, made public."""

    NOTICE_DAYS: ClassVar[int] = 7
    PUBLISH_DAYS: ClassVar[int] = 15

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        NOTICED = "noticed", _("Called")
        HELD = "held", _("In session")
        MINUTED = "minuted", _("Minutes done")
        PUBLISHED = "published", _("Main points published")
        WITHHELD = "withheld", _("Closed by law")
        CANCELLED = "cancelled", _("Cancelled")

    class Form(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        WRITTEN = "written", _("Review in writing")

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("committee")
    )
    title = models.CharField(_("title"), max_length=120)
    form = models.CharField(_("way of meeting"), max_length=10, choices=Form, default=Form.MEETING)
    starts_at = models.DateTimeField(_("starts at"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    state = FSMField(_("state"), protected=True, choices=State.choices, default=State.PLANNED)
    noticed_at = models.DateTimeField(_("called at"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    published_on = models.DateField(_("main points published on"), null=True, blank=True)
    published_in = models.CharField(_("where they can be read"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("committee meeting")
        verbose_name_plural = _("committee meetings")
        ordering: ClassVar[list[str]] = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.committee.name} · {self.title}"

    @property
    def state_kind(self) -> str:
        kinds = {"noticed": "info", "held": "warning", "minuted": "info", "published": "success"}
        return kinds.get(self.state, "neutral")

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def call_by(self) -> date:
        """The last day on which the members are called in time."""
        return self.day - timedelta(days=self.NOTICE_DAYS)

    @property
    def publish_by(self) -> date | None:
        """The main points are published within fifteen days."""
        return self.held_on + timedelta(days=self.PUBLISH_DAYS) if self.held_on else None

    @transition(field="state", source=State.PLANNED, target=State.NOTICED, permission="committees.manage")
    def send_notice(self, *, at: datetime) -> None:
        self.noticed_at = at

    @transition(
        field="state",
        source=State.NOTICED,
        target=State.HELD,
        permission="committees.manage",
    )
    def hold(self, *, at: datetime) -> None:
        self.held_on = timezone.localdate(at)

    @transition(field="state", source=State.HELD, target=State.MINUTED, permission="committees.manage")
    def close(self, *, minutes: str) -> None:
        self.minutes = minutes

    @transition(field="state", source=State.MINUTED, target=State.PUBLISHED, permission="committees.manage")
    def publish(self, *, on: date, where: str) -> None:
        """The main points can be read by everybody."""
        self.published_on = on
        self.published_in = where

    @transition(field="state", source=State.MINUTED, target=State.WITHHELD, permission="committees.manage")
    def withhold(self) -> None:
        """A law closes them; the history says which."""

    @transition(
        field="state",
        source=[State.PLANNED, State.NOTICED],
        target=State.CANCELLED,
        permission="committees.manage",
    )
    def cancel(self) -> None: ...


class Attendance(models.Model):
    """Whether a member was there. Written for every member when the meeting is held."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("meeting")
    )
    member = models.ForeignKey(
        CommitteeMember, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("member")
    )
    present = models.BooleanField(_("present"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering: ClassVar[list[str]] = ["-member__is_chair", "member__name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="one_attendance_per_member_and_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} · {self.member_id}"
