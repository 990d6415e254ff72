from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.accounts.models import Business
from core.drafts.models import Draft
from core.errors import NotNow
from core.workflow.actors import BY_SYSTEM
from core.workflow.models import Lifecycle
from loans.models.requirements import EligibilityItem
from loans.models.rounds import LoanRound


class LoanApplication(Draft, Lifecycle):
    """A business asks for a loan in a round."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for correction")
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        SELECTED = "selected", _("Selected")
        RESERVE = "reserve", _("Reserve")
        REJECTED = "rejected", _("Not selected")
        CONTRACTED = "contracted", _("Loan prepared")
        CANCELLED = "cancelled", _("Selection cancelled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Security(models.TextChoices):
        GUARANTEE = "guarantee", _("Letter of guarantee")
        PROPERTY = "property", _("Real estate")
        UNDECIDED = "undecided", _("Not decided yet")

    PARTS: ClassVar[dict[str, Any]] = {"documents": _("Documents")}
    EDITABLE: ClassVar[frozenset[str]] = frozenset({State.DRAFT, State.RETURNED})
    OPEN: ClassVar[frozenset[str]] = frozenset(
        {State.DRAFT, State.SUBMITTED, State.RETURNED, State.ELIGIBLE, State.SELECTED, State.RESERVE}
    )

    state = FSMField(_("state"), default=State.DRAFT, choices=State.choices, protected=True, db_index=True)
    round = models.ForeignKey(
        LoanRound, on_delete=models.PROTECT, related_name="applications", verbose_name=_("loan round")
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="loan_applications", verbose_name=_("business")
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="loan_applications",
        verbose_name=_("applicant"),
    )
    amount = models.BigIntegerField(
        _("amount asked for"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    purpose = models.CharField(_("purpose"), max_length=40, blank=True)
    plan = models.TextField(_("what the money is for"), blank=True)
    repayment_plan = models.TextField(_("how it will be repaid"), blank=True)
    security = models.CharField(_("security"), max_length=20, choices=Security, default=Security.UNDECIDED)
    receipt_number = models.CharField(
        _("receipt number"), max_length=20, unique=True, null=True, editable=False
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    correct_by = models.DateTimeField(
        _("corrections are due"),
        null=True,
        editable=False,
        help_text=_("Until when the applicant may hand in the corrections; empty: no deadline was given."),
    )
    decided_amount = models.BigIntegerField(_("amount decided"), null=True, editable=False)
    reserve_order = models.PositiveIntegerField(_("order among the reserves"), null=True, editable=False)
    selected_on = models.DateField(_("selected on"), null=True, editable=False)
    draw_by = models.DateField(_("to be drawn by"), null=True, editable=False)

    class Meta:
        verbose_name = _("loan application")
        verbose_name_plural = _("loan applications")
        ordering: ClassVar[list[str]] = ["-updated_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "business"],
                condition=~models.Q(state="withdrawn"),
                name="one_loan_application_per_round_and_business",
            ),
            models.UniqueConstraint(
                fields=["round", "reserve_order"],
                condition=models.Q(state="reserve"),
                name="one_reserve_per_place",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number or f"{self.business} · {self.round}"

    @staticmethod
    def check_deadline(at: datetime, closes_at: datetime) -> None:
        """Raises ``NotNow`` from the deadline on, with both times."""
        if at >= closes_at:
            raise NotNow(
                _("The deadline was %(deadline)s; the server's clock says %(now)s. Your draft is kept.")
                % {"deadline": _moment(closes_at), "now": _moment(at)}
            )

    def check_correction(self, at: datetime) -> None:
        """Raises ``NotNow`` once the time for corrections is over, whether or not the round is still open."""
        if self.correct_by is not None and at >= self.correct_by:
            raise NotNow(
                _("Corrections were due by %(due)s. The server’s clock says %(now)s. Your text is kept.")
                % {"due": _moment(self.correct_by), "now": _moment(at)}
            )

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def deadline(self) -> datetime | None:
        """Until when what is being written can be handed in; nothing where no end was set."""
        return self.correct_by if self.state == self.State.RETURNED else self.round.closes_at

    @property
    def waits_for_registration(self) -> bool:
        """Whether a pre-founder was selected and has to register the business before the loan is prepared."""
        return self.state == self.State.SELECTED and not self.business.is_registered

    def may_be_corrected(self, at: datetime) -> bool:
        """Whether the applicant was promised time: to the deadline, without one to the round's close."""
        return self.state == self.State.RETURNED and at < (self.correct_by or self.round.closes_at)

    @transition(
        field=state, source=State.DRAFT, target=State.SUBMITTED, permission="loans.submit_application"
    )
    def submit(self, *, at: datetime, receipt_number: str, closes_at: datetime) -> None:
        """Hand the application in, before the round closes by the server's clock."""
        self.check_deadline(at, closes_at)
        self.receipt_number = receipt_number
        self.submitted_at = at

    @transition(
        field=state, source=State.SUBMITTED, target=State.RETURNED, permission="loans.screen_application"
    )
    def return_for_correction(self, *, correct_by: datetime) -> None:
        """All flaws at once, as the reason, and the time to mend them."""
        self.correct_by = correct_by

    @transition(
        field=state, source=State.RETURNED, target=State.SUBMITTED, permission="loans.submit_application"
    )
    def resubmit(self, *, at: datetime) -> None:
        """Hand the mended application in again in time; number and moment of the first time stay.

        The round may have closed since. Conditions such as an age are judged by the first time.
        """
        self.check_correction(at)
        self.correct_by = None

    @transition(
        field=state, source=State.SUBMITTED, target=State.ELIGIBLE, permission="loans.screen_application"
    )
    def confirm_eligible(self, **_inputs: Any) -> None:
        """Every condition was confirmed; the committee decides next."""

    @transition(
        field=state,
        source=[State.SUBMITTED, State.RETURNED],
        target=State.INELIGIBLE,
        permission="loans.screen_application",
    )
    def refuse_ineligible(self, **_inputs: Any) -> None:
        """A condition is not met, or not corrected in time; which one is the reason."""
        self.correct_by = None

    @transition(
        field=state,
        source=State.ELIGIBLE,
        target=State.SELECTED,
        permission="loans.decide_application",
    )
    def select(self, *, amount: int, on: date, draw_by: date) -> None:
        """The committee lends ``amount``; it is to be drawn by ``draw_by``."""
        self._take_place(amount, on, draw_by)

    @transition(
        field=state, source=State.ELIGIBLE, target=State.RESERVE, permission="loans.decide_application"
    )
    def put_on_reserve(self, *, amount: int, order: int) -> None:
        """Approved beyond what the plan allows: next in line."""
        self.decided_amount = amount
        self.reserve_order = order

    @transition(
        field=state, source=State.ELIGIBLE, target=State.REJECTED, permission="loans.decide_application"
    )
    def reject(self, **_inputs: Any) -> None:
        """The committee decided against it."""

    @transition(
        field=state,
        source=State.RESERVE,
        target=State.SELECTED,
        permission="loans.decide_application",
        custom=BY_SYSTEM,
    )
    def promote(self, *, on: date, draw_by: date) -> None:
        """A place became free: the first reserve moves up with the amount decided for it."""
        self._take_place(self.decided_amount or 0, on, draw_by)

    @transition(
        field=state,
        source=[State.SELECTED, State.CONTRACTED],
        target=State.CANCELLED,
        permission="loans.cancel_selection",
    )
    def cancel_selection(self, **_inputs: Any) -> None:
        """Not drawn in time, disqualified by the bank, or given up; the district approves it."""

    @transition(
        field=state,
        source=[State.DRAFT, State.SUBMITTED, State.RETURNED, State.ELIGIBLE, State.RESERVE],
        target=State.WITHDRAWN,
        permission="loans.submit_application",
    )
    def withdraw(self, **_inputs: Any) -> None:
        """The applicant no longer wants it."""
        self.correct_by = None
        self.reserve_order = None

    @transition(field=state, source=State.SELECTED, target=State.CONTRACTED, permission="loans.prepare_loan")
    def contract(self, **_inputs: Any) -> None:
        """A loan was prepared from it."""

    def _take_place(self, amount: int, on: date, draw_by: date) -> None:
        self.decided_amount = amount
        self.reserve_order = None
        self.selected_on = on
        self.draw_by = draw_by


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i:s")


class EligibilityCheck(models.Model):
    """What staff found about one condition of one application."""

    application = models.ForeignKey(
        LoanApplication, on_delete=models.CASCADE, related_name="checks", verbose_name=_("loan application")
    )
    item = models.ForeignKey(
        EligibilityItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("condition")
    )
    passed = models.BooleanField(_("met"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("eligibility check")
        verbose_name_plural = _("eligibility checks")
        ordering: ClassVar[list[str]] = ["item__order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "item"], name="one_check_per_condition")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.item_id}"
