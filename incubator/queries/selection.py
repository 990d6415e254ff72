"""The ranking of a stage, live until it is decided and frozen from then on."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Final

from django.contrib.contenttypes.models import ContentType

from core.errors import Since
from core.workflow.models import Change
from core.workflow.telling import told
from incubator import scoring
from incubator.models import Application, BonusClaim, Review, ReviewScore, Stage, StageResult

LAST: Final = 10**6
"""After all who have a result."""
MOST_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One line of the ranking. ``missing`` counts the reviews that are still needed."""

    application: Application
    rank: int | None
    score: Decimal | None
    bonus: Decimal
    total: Decimal | None
    passes: bool
    tied: bool
    submitted: int
    missing: int
    totals: tuple[Decimal, ...]
    within_places: bool
    result: StageResult | None = None


@dataclass(frozen=True, slots=True)
class StageRanking:
    stage: Stage
    rows: list[RankingRow]
    decided: bool

    @property
    def missing(self) -> int:
        return sum(row.missing for row in self.rows)


def latest_in(stage: Stage, count: int) -> list[Since]:
    """The latest ``count`` things that changed the ranking of ``stage``; each counted its version up."""
    applications = Application.objects.filter(call=stage.call_id)
    receipts = dict(applications.values_list("pk", "receipt_number"))
    reviews = dict(Review.objects.filter(stage=stage).values_list("pk", "application"))
    happened = []
    for model, receipt_of in (
        (Application, receipts.get),
        (Review, lambda pk: receipts.get(reviews[pk])),
    ):
        kind = ContentType.objects.get_for_model(model)
        rows = receipts if model is Application else reviews
        changes = Change.objects.filter(content_type=kind, object_id__in=rows).select_related("by")
        latest = list(changes.order_by("-at", "-pk")[: max(count, 0)])
        happened += [
            since._replace(what=f"{receipt_of(change.object_id)} · {since.what}")
            for change, since in zip(latest, told(model, latest), strict=True)
        ]
    assigned = Review.objects.filter(stage=stage).select_related("evaluator").order_by("-assigned_at")
    happened += [
        Since(
            review.assigned_at,
            review.evaluator,
            f"{receipts[review.application_id]} · {Review.State.ASSIGNED.label}",
        )
        for review in assigned[: max(count, 0)]
    ]
    return sorted(happened, key=attrgetter("at"), reverse=True)[: min(max(count, 0), MOST_TOLD)]


def next_stage(stage: Stage) -> Stage | None:
    return Stage.objects.filter(call=stage.call_id, order__gt=stage.order).order_by("order").first()


def previous_stage(stage: Stage) -> Stage | None:
    return Stage.objects.filter(call=stage.call_id, order__lt=stage.order).order_by("-order").first()


def stage_ranking(stage: Stage) -> StageRanking:
    """Best first; a constant number of queries."""
    if stage.decided_at:
        return _frozen(stage)
    applications = list(
        Application.objects.filter(stage=stage, state=Application.State.IN_REVIEW)
        .select_related("applicant", "business", "call")
        .order_by("pk")
    )
    return _by_reviews(stage, applications) if stage.rubric_id else _by_earlier_results(stage, applications)


def _by_reviews(stage: Stage, applications: list[Application]) -> StageRanking:
    totals: dict[int, list[Decimal]] = defaultdict(list)
    open_reviews: dict[int, int] = defaultdict(int)
    for application_id, state, total in Review.objects.filter(stage=stage).values_list(
        "application_id", "state", "total"
    ):
        if state == Review.State.SUBMITTED and total is not None:
            totals[application_id].append(total)
        elif state in Review.OPEN:
            open_reviews[application_id] += 1
    bonuses = _bonuses(stage, applications)
    ties = _tie_marks(stage)
    by_key = {application.pk: application for application in applications}
    scores = {pk: scoring.stage_score(totals[pk]) for pk in by_key}
    sums = {pk: None if score is None else score + bonuses[pk] for pk, score in scores.items()}
    ranked = scoring.rank(scoring.Standing(pk, sums[pk], ties.get(pk, ())) for pk in by_key)
    rows: list[RankingRow] = []
    place = 0
    for entry in ranked:
        pk = entry.key
        needed = max(stage.evaluators - len(totals[pk]), open_reviews[pk], 0)
        passes = scoring.passes_cut_off(scores[pk], stage.cut_off)
        place += passes  # who is below the cut-off takes nobody's place, whatever the bonus points
        rows.append(
            RankingRow(
                application=by_key[pk],
                rank=entry.rank,
                score=scores[pk],
                bonus=bonuses[pk],
                total=sums[pk],
                passes=passes,
                tied=entry.tied,
                submitted=len(totals[pk]),
                missing=needed,
                totals=tuple(sorted(totals[pk], reverse=True)),
                within_places=passes and place <= stage.places,
            )
        )
    return StageRanking(stage, rows, decided=False)


def _by_earlier_results(stage: Stage, applications: list[Application]) -> StageRanking:
    """A stage without a rubric, such as the committee, starts from what the stage before found."""
    before = previous_stage(stage)
    results = {
        result.application_id: result
        for result in StageResult.objects.filter(stage=before, application__in=applications)
    }
    marks = {
        row.pk: (results[row.pk].rank or len(results) + 1) if row.pk in results else LAST
        for row in applications
    }
    ordered = sorted(marks.values())
    rows: list[RankingRow] = []
    place = 0
    for application in sorted(applications, key=lambda row: marks[row.pk]):
        result, mark = results.get(application.pk), marks[application.pk]
        score = result.score if result else None
        passes = scoring.passes_cut_off(score, stage.cut_off)
        place += passes
        rows.append(
            RankingRow(
                application=application,
                rank=ordered.index(mark) + 1 if result else None,
                score=score,
                bonus=result.bonus if result else Decimal(0),
                total=result.total if result else None,
                passes=passes,
                tied=bool(result and ordered.count(mark) > 1),
                submitted=result.evaluators if result else 0,
                missing=0,
                totals=(),
                within_places=passes and place <= stage.places,
            )
        )
    return StageRanking(stage, rows, decided=False)


def _frozen(stage: Stage) -> StageRanking:
    results = (
        StageResult.objects.filter(stage=stage)
        .select_related("application__applicant", "application__business", "application__call")
        .order_by("rank", "pk")
    )
    rows = [
        RankingRow(
            application=result.application,
            rank=result.rank,
            score=result.score,
            bonus=result.bonus,
            total=result.total,
            passes=scoring.passes_cut_off(result.score, stage.cut_off),
            tied=False,
            submitted=result.evaluators,
            missing=0,
            totals=(),
            within_places=result.passed,
            result=result,
        )
        for result in results
    ]
    unranked_last = sorted(rows, key=lambda row: row.rank is None)
    return StageRanking(stage, unranked_last, decided=True)


def _bonuses(stage: Stage, applications: list[Application]) -> dict[int, Decimal]:
    granted: dict[int, list[Decimal]] = defaultdict(list)
    if stage.with_bonus:
        claims = BonusClaim.objects.filter(application__in=applications, granted=True)
        for application_id, points in claims.values_list("application_id", "rule__points"):
            granted[application_id].append(points)
    cap = stage.call.bonus_cap
    return {
        application.pk: scoring.bonus_points(granted[application.pk], cap) for application in applications
    }


def _tie_marks(stage: Stage) -> dict[int, tuple[Fraction, ...]]:
    """Per application the mean share of each criterion, in the order announced for ties."""
    shares: dict[int, dict[int, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    scores = ReviewScore.objects.filter(
        review__stage=stage, review__state=Review.State.SUBMITTED, score__isnull=False
    )
    for application_id, criterion_id, score, most in scores.values_list(
        "review__application_id", "criterion_id", "score", "criterion__max_score"
    ):
        shares[application_id][criterion_id].append(Fraction(score or 0, most))
    criteria = stage.rubric.criteria.order_by("tie_order", "order", "pk") if stage.rubric else []
    order = [criterion.pk for criterion in criteria]
    return {
        application_id: tuple(
            sum(values[pk], Fraction(0)) / len(values[pk]) if values[pk] else Fraction(0) for pk in order
        )
        for application_id, values in shares.items()
    }
