"""One stage of the selection: who evaluates what, the ranking, the decision."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, Q, QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from core.accounts.models import User
from core.errors import NotNow, Stale
from core.office import Action, RecordViewSet
from core.office.columns import DayColumn, MomentColumn
from core.office.viewset import ActView
from core.whole_number import whole_number
from core.workflow.telling import changes_since
from incubator.models import Application, Review, Stage
from incubator.office.editing import AddView, EditView, RemoveView, SetupForm, VersionedForm
from incubator.office.stage_forms import (
    AssignForm,
    DecideForm,
    ExcludeForm,
    ReopenForm,
    confirmed_reviews,
    reviews_taking_part,
)
from incubator.queries.committee import awaits_committee, committee_decision
from incubator.queries.office import stages_to_decide
from incubator.queries.selection import stage_ranking
from incubator.queries.setup import open_fields
from incubator.rules import can_read_office
from incubator.services.reviews import assign_mentors, exclude_evaluator, reopen_review
from incubator.services.selection import decide_stage, too_late

STAGE_FIELDS = [
    "call",
    "order",
    "kind",
    "name",
    "rubric",
    "committee",
    "starts_on",
    "ends_on",
    "cut_off",
    "places",
    "evaluators",
    "with_bonus",
    "venue",
]


def stages_for_staff(user: User) -> QuerySet[Stage]:
    """All stages with their progress: applications in them, reviews assigned and confirmed."""
    if not can_read_office(user):
        return Stage.objects.none()
    in_stage = Q(applications__state=Application.State.IN_REVIEW)
    taking_part = ~Q(reviews__state=Review.State.RECUSED)
    confirmed = Q(reviews__state=Review.State.SUBMITTED)
    return (
        Stage.objects.select_related("call", "rubric", "committee")
        .annotate(
            in_stage=Count("applications", filter=in_stage, distinct=True),
            assigned=Count("reviews", filter=taking_part, distinct=True),
            confirmed=Count("reviews", filter=confirmed, distinct=True),
        )
        .order_by("-call__closes_at", "order")
    )


def _assign(*, by: Any, obj: Stage, expected_version: int, applications: Any, mentors: Any) -> None:
    assign_mentors(by=by, stage=obj, applications=applications, mentors=mentors)


def _decide(*, by: Any, obj: Stage, expected_version: int, **fields: Any) -> None:
    decide_stage(by=by, stage=obj, expected_version=expected_version, **fields)


def _exclude(*, by: Any, obj: Stage, expected_version: int, **fields: Any) -> None:
    _change_review(exclude_evaluator, by=by, **fields)


def _reopen(*, by: Any, obj: Stage, expected_version: int, **fields: Any) -> None:
    _change_review(reopen_review, by=by, **fields)


def _change_review(change: Callable[..., Any], *, review: Review, **fields: Any) -> None:
    """What others did to the stage does no harm here: the review itself must not have changed."""
    try:
        change(review=review, **fields)
    except NotNow as error:
        raise Stale(error.message, changes=changes_since(review, 0)) from error


def _is_scored(stage: Stage) -> bool:
    return not stage.decided_at and stage.rubric_id is not None


def _is_undecided(stage: Stage) -> bool:
    return not stage.decided_at


def _can_be_decided(stage: Stage) -> bool:
    return _is_undecided(stage) and not awaits_committee(stage)


def _has_evaluators(stage: Stage) -> bool:
    return _is_undecided(stage) and reviews_taking_part(stage).exists()


def _has_confirmed(stage: Stage) -> bool:
    return _is_undecided(stage) and confirmed_reviews(stage).exists()


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
        when=_can_be_decided,
        form_class=DecideForm,
        kind="secondary",
        done=_("The stage is decided and everybody was told."),
    ),
    Action(
        name="exclude",
        label=_("Take an evaluator off an application"),
        run=_exclude,
        permission="incubator.assign_review",
        when=_has_evaluators,
        form_class=ExcludeForm,
        kind="secondary",
        explain=_("For a conflict of interest that came to light, or when the applicant challenged them."),
        done=_("The evaluator takes no part in this application any more."),
    ),
    Action(
        name="reopen",
        label=_("Hand a review back"),
        run=_reopen,
        permission="incubator.assign_review",
        when=_has_confirmed,
        form_class=ReopenForm,
        kind="secondary",
        explain=_("The evaluator can correct it and confirms it again."),
        done=_("The review is open again."),
    ),
)


def details(request: HttpRequest, stage: Stage) -> dict[str, Any]:
    return {
        "ranking": stage_ranking(stage),
        "can_change": has_perm("incubator.change_call_office", request.user)
        and bool(open_fields(stage, STAGE_FIELDS)),
        "can_decide": _can_be_decided(stage) and has_perm("incubator.decide_stage", request.user),
        "committee_decision": committee_decision(stage),
        "criteria": list(stage.rubric.criteria.order_by("order")) if stage.rubric else [],
    }


class StageActView(ActView):
    """A stage that somebody has decided in the meantime tells what happened in it."""

    def _too_late(self) -> NotNow:
        seen = whole_number(self.request.POST.get("version", ""))
        return too_late(self.object, self.object.version if seen is None else seen)


class StageFilterSet(WagtailFilterSet):
    waiting = django_filters.ChoiceFilter(
        label=_("Waiting"), method="by_waiting", choices=[("decision", _("Stages to decide"))]
    )

    class Meta:
        model = Stage
        fields: ClassVar[list[str]] = ["call", "kind"]

    def by_waiting(self, rows: QuerySet[Stage], name: str, value: str) -> QuerySet[Stage]:
        return rows.filter(pk__in=stages_to_decide().order_by().values("pk"))


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
    edit_view_class = EditView
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
