"""One stage of the selection: who evaluates what, the ranking, the decision."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Q, QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from core.accounts.models import User
from core.errors import NotNow
from core.office import Action, ActionForm, RecordViewSet
from core.office.columns import DayColumn, MomentColumn
from core.office.viewset import ActView
from core.whole_number import whole_number
from incubator.models import Application, Review, Stage
from incubator.office.editing import AddView, RemoveView, SetupForm, StageEditView, VersionedForm
from incubator.queries.reviews import evaluator_workload
from incubator.queries.selection import next_stage, stage_ranking
from incubator.queries.setup import open_fields
from incubator.rules import can_read_office
from incubator.services.reviews import assign_mentors
from incubator.services.selection import decide_stage, too_late

STAGE_FIELDS = [
    "call",
    "order",
    "kind",
    "name",
    "rubric",
    "starts_on",
    "ends_on",
    "cut_off",
    "places",
    "evaluators",
    "with_bonus",
    "venue",
]
SELECT, WAIT, REJECT = "select", "wait", "reject"


def stages_for_staff(user: User) -> QuerySet[Stage]:
    """All stages with their progress: applications in them, reviews assigned and confirmed."""
    if not can_read_office(user):
        return Stage.objects.none()
    in_stage = Q(applications__state=Application.State.IN_REVIEW)
    taking_part = ~Q(reviews__state=Review.State.RECUSED)
    confirmed = Q(reviews__state=Review.State.SUBMITTED)
    return (
        Stage.objects.select_related("call", "rubric")
        .annotate(
            in_stage=Count("applications", filter=in_stage, distinct=True),
            assigned=Count("reviews", filter=taking_part, distinct=True),
            confirmed=Count("reviews", filter=confirmed, distinct=True),
        )
        .order_by("-call__closes_at", "order")
    )


def assignable(stage: Stage) -> QuerySet[Application]:
    """What can get evaluators in ``stage``: what is in it, and in the first stage what is eligible."""
    waiting = Q(stage=stage, state=Application.State.IN_REVIEW)
    if not Stage.objects.filter(call=stage.call_id, order__lt=stage.order).exists():
        waiting |= Q(call=stage.call_id, state=Application.State.ELIGIBLE)
    return Application.objects.filter(waiting).order_by("receipt_number")


class MentorChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, mentor: Any) -> str:
        return _("%(name)s — %(confirmed)s of %(assigned)s reviews confirmed") % {
            "name": mentor.name,
            "confirmed": mentor.confirmed,
            "assigned": mentor.assigned,
        }


class AssignForm(ActionForm):
    """Every mentor chosen evaluates every application chosen."""

    applications = forms.ModelMultipleChoiceField(
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
                choices=self._choices(),
                initial=self._proposal(row),
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
        if row.within_places:
            return SELECT
        return WAIT if self.is_last and row.passes else REJECT


def _assign(*, by: Any, obj: Stage, expected_version: int, applications: Any, mentors: Any) -> None:
    assign_mentors(by=by, stage=obj, applications=applications, mentors=mentors)


def _decide(*, by: Any, obj: Stage, expected_version: int, **fields: Any) -> None:
    decide_stage(by=by, stage=obj, expected_version=expected_version, **fields)


def _is_scored(stage: Stage) -> bool:
    return not stage.decided_at and stage.rubric_id is not None


def _is_undecided(stage: Stage) -> bool:
    return not stage.decided_at


ACTIONS = (
    Action(
        name="assign",
        label=_("Assign evaluators"),
        run=_assign,
        permission="incubator.assign_review",
        when=_is_scored,
        form_class=AssignForm,
        explain=_("Who is already assigned stays. Conflicts that we know of are refused."),
        done=_("The evaluators were assigned and told."),
    ),
    Action(
        name="decide",
        label=_("Decide the stage"),
        run=_decide,
        permission="incubator.decide_stage",
        when=_is_undecided,
        form_class=DecideForm,
        kind="secondary",
        done=_("The stage is decided and everybody was told."),
    ),
)


def details(request: HttpRequest, stage: Stage) -> dict[str, Any]:
    return {
        "ranking": stage_ranking(stage),
        "can_change": has_perm("incubator.change_call_office", request.user)
        and bool(open_fields(stage, STAGE_FIELDS)),
        "can_decide": _is_undecided(stage) and has_perm("incubator.decide_stage", request.user),
        "criteria": list(stage.rubric.criteria.order_by("order")) if stage.rubric else [],
    }


class StageActView(ActView):
    """A stage that somebody has decided in the meantime tells what happened in it."""

    def _too_late(self) -> NotNow:
        seen = whole_number(self.request.POST.get("version", ""))
        return too_late(self.object, self.object.version if seen is None else seen)


class StageFilterSet(WagtailFilterSet):
    class Meta:
        model = Stage
        fields: ClassVar[list[str]] = ["call", "kind"]


class StageViewSet(RecordViewSet):
    model = Stage
    name = "incubator_stages"
    url_prefix = "incubator/stages"
    icon = "list-ol"
    menu_label = _("Evaluation and selection")
    menu_order = 200
    view_permission = "incubator.view_call_office"
    add_permission = change_permission = delete_permission = "incubator.change_call_office"
    scope = stages_for_staff
    add_view_class = AddView
    edit_view_class = StageEditView
    delete_view_class = RemoveView
    act_view_class = StageActView
    form_fields: ClassVar[list[str]] = STAGE_FIELDS
    details = details
    actions = ACTIONS
    detail_template_name = "incubator/office/stage.html"
    filterset_class = StageFilterSet
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("call", label=_("Call")),
        Column("kind", accessor="get_kind_display", label=_("Kind")),
        DayColumn("ends_on", label=_("Ends on")),
        Column("in_stage", label=_("Applications"), classname="gp-number"),
        Column("assigned", label=_("Reviews assigned"), classname="gp-number"),
        Column("confirmed", label=_("Reviews confirmed"), classname="gp-number"),
        MomentColumn("decided_at", label=_("Decided at")),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(Stage, form=VersionedForm if for_update else SetupForm, fields=STAGE_FIELDS)
