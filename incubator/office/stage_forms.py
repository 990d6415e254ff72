"""What the buttons of a stage ask for."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.fields import ManyField
from core.office import ActionForm
from core.office.actions import ReasonForm
from incubator.models import Application, Review, Stage
from incubator.queries.reviews import evaluator_workload
from incubator.queries.selection import next_stage, stage_ranking

SELECT, WAIT, REJECT = "select", "wait", "reject"
UNDECIDED = ("", _("not decided yet"))


def assignable(stage: Stage) -> QuerySet[Application]:
    """What can get evaluators in ``stage``: what is in it, and in the first stage what is eligible."""
    waiting = Q(stage=stage, state=Application.State.IN_REVIEW)
    if not Stage.objects.filter(call=stage.call_id, order__lt=stage.order).exists():
        waiting |= Q(call=stage.call_id, state=Application.State.ELIGIBLE)
    return Application.objects.filter(waiting).order_by("receipt_number")


class MentorChoices(ManyField):
    def label_from_instance(self, mentor: Any) -> str:
        return _("%(name)s — %(confirmed)s of %(assigned)s reviews confirmed") % {
            "name": mentor.name,
            "confirmed": mentor.confirmed,
            "assigned": mentor.assigned,
        }


class AssignForm(ActionForm):
    """Every mentor chosen evaluates every application chosen."""

    applications = ManyField(
        label=_("Applications"), queryset=Application.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    mentors = MentorChoices(
        label=_("Evaluators"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        applications: Any = self.fields["applications"]
        mentors: Any = self.fields["mentors"]
        applications.queryset = assignable(self.obj)
        applications.initial = [row.pk for row in applications.queryset]
        mentors.queryset = evaluator_workload(self.user, self.obj.call)


class DecideForm(ActionForm):
    """An outcome per application, proposed by the ranking, which also orders the waiting list."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed when reviews are missing or when a lower rank is preferred."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_last = next_stage(self.obj) is None
        self.rows = stage_ranking(self.obj).rows
        for row in self.rows:
            self.fields[self.name_of(row.application.pk)] = forms.ChoiceField(
                label=_("Outcome of %(receipt)s") % {"receipt": row.application.receipt_number},
                choices=[*([] if self._proposal(row) else [UNDECIDED]), *self._choices()],
                initial=self._proposal(row),
                error_messages={"required": _("Reviews are missing here: choose the outcome yourself.")},
            )

    @staticmethod
    def name_of(pk: int) -> str:
        return f"outcome_{pk}"

    def ranking_fields(self) -> list[tuple[Any, Any]]:
        """Each row of the ranking with its field."""
        return [(row, self[self.name_of(row.application.pk)]) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        chosen = [(row.application.pk, fields.get(self.name_of(row.application.pk))) for row in self.rows]
        return {
            "version": fields.get("version"),
            "reason": fields.get("reason", ""),
            "selected_ids": [pk for pk, outcome in chosen if outcome == SELECT],
            "waitlisted_ids": [pk for pk, outcome in chosen if outcome == WAIT],
        }

    def _choices(self) -> list[tuple[str, Any]]:
        passing = (SELECT, _("selected") if self.is_last else _("goes on to the next stage"))
        waiting = [(WAIT, _("waiting list"))] if self.is_last else []
        return [passing, *waiting, (REJECT, _("not selected"))]

    def _proposal(self, row: Any) -> str:
        """What the ranking says. It says nothing of a plan that was not read by all."""
        if row.missing:
            return ""
        if row.within_places:
            return SELECT
        return WAIT if self.is_last and row.passes else REJECT


def reviews_taking_part(stage: Stage) -> QuerySet[Review]:
    """The reviews that count or still may; without those of evaluators who are out."""
    rows = stage.reviews.exclude(state=Review.State.RECUSED).filter(
        application__state=Application.State.IN_REVIEW
    )
    return rows.select_related("application", "evaluator").order_by("application__receipt_number", "pk")


def confirmed_reviews(stage: Stage) -> QuerySet[Review]:
    return reviews_taking_part(stage).filter(state=Review.State.SUBMITTED)


class ReviewChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, review: Any) -> str:
        return f"{review.application.receipt_number} · {review.evaluator.name} ({review.get_state_display()})"


class ExcludeForm(ReasonForm):
    """Whom, from which application, and why.

    Shows the reviews that stand and knows the others: one that a colleague changed is no wrong input.
    """

    review = ReviewChoice(label=_("Application and evaluator"), queryset=Review.objects.none())

    field_order = ("review", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["review"]
        field.queryset = Review.objects.filter(stage=self.obj)
        field.widget.choices = [("", "---------")] + [
            (review.pk, field.label_from_instance(review)) for review in self.choices()
        ]

    def choices(self) -> QuerySet[Review]:
        return reviews_taking_part(self.obj)


class ReopenForm(ExcludeForm):
    """Which confirmed review, and why."""

    def choices(self) -> QuerySet[Review]:
        return confirmed_reviews(self.obj)
