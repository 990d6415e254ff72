"""An application: its text and its life."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from core.accounts.models import Business
from core.drafts.models import Draft
from core.errors import NotNow
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle
from incubator.models.call import Call, in_seoul
from incubator.models.stage import Stage


class Application(Draft, Lifecycle):
    """One person's (or team's) application to one call."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", pgettext_lazy("application", "Submitted")
        RETURNED = "returned", _("Correction requested")
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        IN_REVIEW = "in_review", _("In evaluation")
        SELECTED = "selected", _("Selected")
        WAITLISTED = "waitlisted", _("On the waiting list")
        REJECTED = "rejected", _("Not selected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DECLINED = "declined", _("Place given up")
        PARTICIPATING = "participating", _("Taking part")
        GRADUATED = "graduated", _("Graduated")

    class ApplicantType(models.TextChoices):
        PRE = "pre", _("Before founding")
        EARLY = "early", _("Early stage")

    PARTS: ClassVar[dict[str, Any]] = {
        "team": _("Members of the team"),
        "documents": _("Documents"),
        "bonus": _("Bonus points I claim"),
    }
    EDITABLE: ClassVar[frozenset[str]] = frozenset({State.DRAFT, State.RETURNED})
    PLACED: ClassVar[frozenset[str]] = frozenset({State.SELECTED, State.PARTICIPATING, State.GRADUATED})
    OPEN_BEFORE_RESULT: ClassVar[tuple[str, ...]] = (
        State.SUBMITTED,
        State.RETURNED,
        State.ELIGIBLE,
        State.IN_REVIEW,
    )

    state = FSMField(_("state"), default=State.DRAFT, choices=State.choices, protected=True, db_index=True)
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="applications", verbose_name=_("call")
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("applicant"),
    )
    business = models.ForeignKey(
        Business,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("business"),
    )
    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("current stage"),
    )
    title = models.CharField(_("title of the idea"), max_length=80, blank=True)
    summary = models.CharField(_("idea in one or two sentences"), max_length=300, blank=True)
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    applicant_type = models.CharField(
        _("stage of the business"), max_length=10, choices=ApplicantType, default=ApplicantType.PRE
    )
    problem = models.TextField(_("Problem"), blank=True)
    solution = models.TextField(_("Solution"), blank=True)
    scale_up = models.TextField(_("Scale-up"), blank=True)
    team_text = models.TextField(_("Team"), blank=True)
    self_check: Any = models.JSONField(_("self-check"), default=list, blank=True, editable=False)
    receipt_number = models.CharField(_("receipt number"), max_length=24, unique=True, null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(_("started at"))
    correction_due_at = models.DateTimeField(_("correction due at"), null=True, blank=True)
    agreement_due_on = models.DateField(_("agreement due on"), null=True, blank=True)
    waitlist_rank = models.PositiveSmallIntegerField(_("place on the waiting list"), null=True, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering: ClassVar[list[str]] = ["-submitted_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["call", "state"], name="application_call_state"),
            models.Index(fields=["stage", "state"], name="application_stage_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["call", "applicant"], name="one_application_per_call_and_person"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft"]) | models.Q(receipt_number__isnull=False),
                name="submitted_application_has_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_number or _('Draft')} · {self.title or _('Untitled')}"

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @transition(
        field=state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        permission="incubator.submit_application",
    )
    def submit(self, *, at: datetime, call: Call, receipt_number: str) -> None:
        if not call.is_open(at):
            raise NotNow(call.closed_message(at))
        self.receipt_number = receipt_number
        self.submitted_at = at

    @transition(
        field=state,
        source=State.SUBMITTED,
        target=State.RETURNED,
        permission="incubator.screen_application",
    )
    def return_for_correction(self, *, due_at: datetime) -> None:
        self.correction_due_at = due_at

    def may_be_corrected(self, at: datetime) -> bool:
        """Whether the applicant still has the time promised: the closing moment itself is too late."""
        due = self.correction_due_at
        return self.state == self.State.RETURNED and due is not None and at < due

    @transition(
        field=state,
        source=State.RETURNED,
        target=State.SUBMITTED,
        permission="incubator.submit_application",
    )
    def resubmit(self, *, at: datetime) -> None:
        if self.correction_due_at and not self.may_be_corrected(at):
            raise NotNow(
                _("Corrections were due by %(due)s. The server’s clock says %(now)s. Your text is kept.")
                % {"due": in_seoul(self.correction_due_at), "now": in_seoul(at)}
            )
        self.correction_due_at = None

    @transition(
        field=state,
        source=State.SUBMITTED,
        target=State.ELIGIBLE,
        permission="incubator.screen_application",
    )
    def confirm_eligible(self) -> None:
        """The documents are in order."""

    @transition(
        field=state,
        source=[State.SUBMITTED, State.RETURNED],
        target=State.INELIGIBLE,
        permission="incubator.screen_application",
    )
    def refuse_ineligible(self) -> None:
        self.correction_due_at = None

    @transition(
        field=state,
        source=State.ELIGIBLE,
        target=State.IN_REVIEW,
        permission="incubator.assign_review",
    )
    def start_review(self, *, stage: Stage) -> None:
        self.stage = stage

    @transition(
        field=state,
        source=State.IN_REVIEW,
        target=State.IN_REVIEW,
        permission="incubator.decide_stage",
    )
    def advance(self, *, stage: Stage) -> None:
        """The application passed its stage and goes on to the next."""
        self.stage = stage

    @transition(
        field=state,
        source=State.IN_REVIEW,
        target=State.SELECTED,
        permission="incubator.decide_stage",
    )
    def select(self, *, agreement_due_on: date) -> None:
        """The final stage was passed."""
        self.agreement_due_on = agreement_due_on

    @transition(
        field=state,
        source=State.IN_REVIEW,
        target=State.WAITLISTED,
        permission="incubator.decide_stage",
    )
    def put_on_waitlist(self, *, rank: int) -> None:
        self.waitlist_rank = rank

    @transition(
        field=state,
        source=State.IN_REVIEW,
        target=State.REJECTED,
        permission="incubator.decide_stage",
    )
    def reject(self) -> None:
        """The stage was not passed."""

    @transition(
        field=state,
        source=State.WAITLISTED,
        target=State.SELECTED,
        permission="incubator.decide_stage",
        custom=BY_SYSTEM,
    )
    def promote(self, *, agreement_due_on: date) -> None:
        self.waitlist_rank = None
        self.agreement_due_on = agreement_due_on

    @transition(
        field=state,
        source=[*OPEN_BEFORE_RESULT, State.WAITLISTED, State.SELECTED],
        target=State.WITHDRAWN,
        permission="incubator.withdraw_application",
    )
    def withdraw(self) -> None:
        self.waitlist_rank = None
        self.correction_due_at = None

    @transition(
        field=state,
        source=State.WITHDRAWN,
        target=State.DRAFT,
        permission="incubator.submit_application",
    )
    def reopen(self, *, at: datetime, call: Call) -> None:
        """Withdrawn too soon: the applicant takes the text up again. The receipt number stays theirs."""
        if not call.is_open(at):
            raise NotNow(call.closed_message(at))
        if self.stage_id is not None:  # scores are for the text that was read
            raise NotNow(_("The evaluation of this application had begun; it can’t be taken up again."))

    @transition(
        field=state,
        source=State.SELECTED,
        target=State.DECLINED,
        permission="incubator.decline_place",
    )
    def decline(self) -> None:
        """The applicant gives the place to the next one."""

    @transition(
        field=state,
        source=State.SELECTED,
        target=State.DECLINED,
        permission="incubator.decide_stage",
    )
    def lapse(self, *, on: date) -> None:
        """The agreement was not signed in time."""
        if self.agreement_due_on is None or on <= self.agreement_due_on:
            raise NotNow(_("The time for signing the agreement has not run out yet."))

    @transition(
        field=state,
        source=State.SELECTED,
        target=State.PARTICIPATING,
        permission="incubator.sign_agreement",
    )
    def sign(self, *, on: date) -> None:
        due = self.agreement_due_on
        if due is not None and on > due:
            raise NotNow(_("The agreement could be signed until %(due)s.") % {"due": date_format(due)})

    @transition(
        field=state,
        source=State.PARTICIPATING,
        target=State.GRADUATED,
        permission="incubator.graduate_application",
    )
    def graduate(self) -> None:
        """The plan is completed."""
