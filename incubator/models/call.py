"""What staff set up before anybody applies: programme, call, its documents and questions."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.errors import NotNow
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle


def in_seoul(moment: datetime) -> str:
    """``moment`` to the second, as deadlines are shown."""
    return date_format(timezone.localtime(moment), "Y-m-d H:i:s")


class Programme(models.Model):
    """A programme (사업) that is run in cohorts."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), unique=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Call(Lifecycle):
    """A call for applications (모집공고) of one cohort."""

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        PUBLISHED = "published", _("Published")
        EVALUATING = "evaluating", _("Evaluating")
        ANNOUNCED = "announced", _("Results announced")
        ARCHIVED = "archived", _("Archived")

    state = FSMField(_("state"), default=State.DRAFT, choices=State.choices, protected=True, db_index=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="calls", verbose_name=_("programme")
    )
    cohort_number = models.PositiveSmallIntegerField(_("cohort"))
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("slug"), unique=True)
    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]*$", _("Use capital letters and digits."))],
        help_text=_("Stands before the receipt number, for example GP3."),
    )
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"), db_index=True)
    places = models.PositiveSmallIntegerField(
        pgettext_lazy("call", "places"), validators=[MinValueValidator(1)]
    )
    min_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    eligibility = models.TextField(_("who may apply"), blank=True)
    results_on = models.DateField(_("results on"), null=True, blank=True)
    agreement_due_on = models.DateField(_("agreement due on"), null=True, blank=True)
    objection_days = models.PositiveSmallIntegerField(_("days to object"), default=7)
    bonus_cap = models.DecimalField(
        _("most bonus points"), max_digits=5, decimal_places=2, default=Decimal(5)
    )
    last_receipt = models.PositiveIntegerField(_("last receipt number"), default=0, editable=False)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering: ClassVar[list[str]] = ["-opens_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "cohort_number"], name="one_call_per_cohort"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The call must close after it opens.")})
        closes_on = timezone.localdate(self.closes_at) if self.closes_at else None
        if closes_on and self.results_on and self.results_on < closes_on:
            raise ValidationError({"results_on": _("The results come after the closing.")})
        known_on = self.results_on or closes_on
        if known_on and self.agreement_due_on and self.agreement_due_on < known_on:
            raise ValidationError({"agreement_due_on": _("The agreement is signed after the results.")})

    def is_open(self, now: datetime) -> bool:
        """Whether an application may be submitted at ``now``: the closing moment itself is too late."""
        return self.state == self.State.PUBLISHED and self.opens_at <= now < self.closes_at

    def is_upcoming(self, now: datetime) -> bool:
        return self.state == self.State.PUBLISHED and now < self.opens_at

    def closed_message(self, at: datetime) -> str:
        """Why nothing can be submitted at ``at``, with both times."""
        if self.is_upcoming(at):
            return gettext("This call opens at %(opens)s. The server’s clock says %(now)s.") % {
                "opens": in_seoul(self.opens_at),
                "now": in_seoul(at),
            }
        return gettext(
            "This call closed at %(closed)s. The server’s clock says %(now)s. Your draft is kept."
        ) % {
            "closed": in_seoul(self.closes_at),
            "now": in_seoul(at),
        }

    @transition(field=state, source=State.DRAFT, target=State.PUBLISHED, permission="incubator.publish_call")
    def publish(self) -> None:
        """The public sees the call."""

    @transition(
        field=state,
        source=State.PUBLISHED,
        target=State.EVALUATING,
        permission="incubator.evaluate_call",
        custom=BY_SYSTEM,
    )
    def begin_evaluation(self, *, at: datetime) -> None:
        if at < self.closes_at:
            raise NotNow(_("The call is still open for applications."))

    @transition(
        field=state,
        source=State.EVALUATING,
        target=State.ANNOUNCED,
        permission="incubator.announce_call",
        custom=BY_SYSTEM,
    )
    def announce(self) -> None:
        """The final stage is decided."""

    @transition(
        field=state, source=State.ANNOUNCED, target=State.ARCHIVED, permission="incubator.archive_call"
    )
    def archive(self) -> None:
        """Nothing more will happen."""


class RequiredDocument(models.Model):
    """A document that applicants are asked for."""

    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, related_name="required_documents", verbose_name=_("call")
    )
    name = models.CharField(_("name"), max_length=80)
    help_text = models.CharField(_("explanation"), max_length=300, blank=True)
    required = models.BooleanField(_("required"), default=True)
    read_by_evaluators = models.BooleanField(
        _("evaluators read it"),
        default=False,
        help_text=_(
            "For the plan only: the review is blind. Applicants are told to cover in it who they are. "
            "Evidence for bonus points is never shown to evaluators."
        ),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("document to hand in")
        verbose_name_plural = _("documents to hand in")
        ordering: ClassVar[list[str]] = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """What an uploaded document is filed under."""
        return f"required-{self.pk}"


class EligibilityQuestion(models.Model):
    """A question of the self-check before applying. Not knowing the answer never blocks."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, related_name="eligibility_questions", verbose_name=_("call")
    )
    text = models.CharField(_("question"), max_length=200)
    expected = models.CharField(_("expected answer"), max_length=3, choices=Answer, default=Answer.YES)
    explanation = models.CharField(
        _("explanation"), max_length=300, help_text=_("Shown when the answer is another one.")
    )
    decisive = models.BooleanField(
        _("decisive"), default=True, help_text=_("Another answer than expected means: cannot apply.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("eligibility question")
        verbose_name_plural = _("eligibility questions")
        ordering: ClassVar[list[str]] = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class BonusRule(models.Model):
    """Bonus points (가점) that an applicant may claim with evidence."""

    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, related_name="bonus_rules", verbose_name=_("call")
    )
    name = models.CharField(_("name"), max_length=80)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("bonus rule")
        verbose_name_plural = _("bonus rules")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """What the evidence is filed under."""
        return f"bonus-{self.pk}"
