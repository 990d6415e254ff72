"""One evaluator's view of one application in one stage, and the frozen results of a stage."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from core.workflow.models import Lifecycle
from incubator.models.application import Application
from incubator.models.rubric import Criterion
from incubator.models.stage import Stage


class Review(Lifecycle):
    """The evaluator first declares to be free of conflict (제척·기피·회피), then scores, then confirms."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("Assigned")
        DECLARED = "declared", _("Being scored")
        SUBMITTED = "submitted", pgettext_lazy("review", "Confirmed")
        RECUSED = "recused", _("Recused")

    OPEN: ClassVar[frozenset[str]] = frozenset({State.ASSIGNED, State.DECLARED})

    state = FSMField(_("state"), default=State.ASSIGNED, choices=State.choices, protected=True)
    stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("stage")
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("application")
    )
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="reviews",
        verbose_name=_("evaluator"),
    )
    comment = models.TextField(_("overall comment"), blank=True)
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2, null=True, blank=True)
    assigned_at = models.DateTimeField(_("assigned at"))
    declared_at = models.DateTimeField(_("declared at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last saved at"), null=True, blank=True)
    conflict_reason = models.TextField(_("reason of the recusal"), blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar[list[str]] = ["stage", "application", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["evaluator", "state"], name="review_evaluator_state"),
            models.Index(fields=["stage", "state"], name="review_stage_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["stage", "application", "evaluator"], name="one_review_per_evaluator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage_id}/{self.application_id}/{self.evaluator_id}"

    @transition(
        field=state, source=State.ASSIGNED, target=State.DECLARED, permission="incubator.score_review"
    )
    def declare_no_conflict(self, *, at: datetime) -> None:
        self.declared_at = at

    @transition(
        field=state,
        source=[State.ASSIGNED, State.DECLARED],
        target=State.RECUSED,
        permission="incubator.score_review",
    )
    def recuse(self, *, conflict_reason: str) -> None:
        self.conflict_reason = conflict_reason
        self.total = None

    @transition(
        field=state,
        source=[State.ASSIGNED, State.DECLARED, State.SUBMITTED],
        target=State.RECUSED,
        permission="incubator.assign_review",
    )
    def exclude(self, *, conflict_reason: str) -> None:
        """Staff take the evaluator out, for example when the applicant challenged them."""
        self.conflict_reason = conflict_reason
        self.total = None

    @transition(
        field=state, source=State.DECLARED, target=State.SUBMITTED, permission="incubator.score_review"
    )
    def submit(self, *, at: datetime, total: Decimal) -> None:
        self.submitted_at = at
        self.total = total

    @transition(
        field=state, source=State.SUBMITTED, target=State.DECLARED, permission="incubator.assign_review"
    )
    def reopen(self) -> None:
        """Staff hand the review back at the evaluator's request, before the stage is decided."""
        self.submitted_at = None
        self.total = None


class ReviewScore(models.Model):
    """The score of one criterion. Empty means: not scored yet, which is not zero."""

    review = models.ForeignKey(
        Review, on_delete=models.CASCADE, related_name="scores", verbose_name=_("review")
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="+", verbose_name=_("criterion")
    )
    score = models.PositiveSmallIntegerField(
        _("score"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering: ClassVar[list[str]] = ["criterion__order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_per_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.review_id} · {self.criterion_id}: {self.score}"


class StageResult(models.Model):
    """What came out of a stage, frozen when staff decide it."""

    stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, related_name="results", verbose_name=_("stage")
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="results", verbose_name=_("application")
    )
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True)
    bonus = models.DecimalField(_("bonus points"), max_digits=5, decimal_places=2, default=Decimal(0))
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2, null=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    passed = models.BooleanField(_("passed"))
    evaluators = models.PositiveSmallIntegerField(_("number of evaluators"), default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("result of a stage")
        verbose_name_plural = _("results of a stage")
        ordering: ClassVar[list[str]] = ["stage", "rank", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stage", "application"], name="one_result_per_stage")
        ]

    def __str__(self) -> str:
        return f"{self.stage_id} · {self.application_id}"
