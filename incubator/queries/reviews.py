"""Reviews: an evaluator sees what is assigned to them, and of it only what the blind review allows."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.roles import Role
from incubator import scoring
from incubator.blind import Redactor
from incubator.models import (
    Application,
    ApplicationVersion,
    Call,
    Criterion,
    RequiredDocument,
    Review,
    ReviewScore,
)
from incubator.rules import can_read_office


@dataclass(frozen=True, slots=True)
class BlindFile:
    """A document as evaluators see it: numbered, with its kind, without its name."""

    number: int
    label: str
    extension: str
    size: int
    key: str

    @property
    def title(self) -> str:
        return _("Attachment %(number)s (%(kind)s)") % {"number": self.number, "kind": self.label}

    @property
    def download_name(self) -> str:
        return f"attachment-{self.number}{self.extension}"


@dataclass(frozen=True, slots=True)
class BlindPlan:
    """The frozen version that an evaluator reads, without anything that tells who wrote it."""

    receipt_number: str
    version: int
    submitted_at: datetime
    title: str
    summary: str
    sector: str
    applicant_type: str
    sections: list[tuple[str, str]]
    team: list[tuple[str, str]]
    files: list[BlindFile]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A criterion with what was given for it so far."""

    criterion: Criterion
    score: int | None
    comment: str

    @property
    def descriptor(self) -> str:
        return self.criterion.descriptor(self.score) if self.score else ""

    @property
    def choices(self) -> list[tuple[int, str]]:
        most = self.criterion.max_score
        return [(score, self.criterion.descriptor(score)) for score in range(1, most + 1)]


def assigned_reviews(user: User) -> QuerySet[Review]:
    """Every review that was ever assigned to ``user``."""
    return (
        Review.objects.filter(evaluator=user)
        .select_related("stage__call", "stage__rubric", "application__applicant", "application__business")
        .prefetch_related("application__team")
    )


def reviews_for(user: User) -> QuerySet[Review]:
    """The reviews assigned to ``user``; what was recused can't be opened any more."""
    return assigned_reviews(user).exclude(state=Review.State.RECUSED)


def open_reviews_for(user: User) -> QuerySet[Review]:
    """What the evaluator can still work on, the nearest due date first."""
    return (
        reviews_for(user)
        .filter(
            state__in=list(Review.OPEN),
            application__state=Application.State.IN_REVIEW,
            stage__decided_at__isnull=True,
        )
        .order_by("stage__ends_on", "application__receipt_number")
    )


def done_reviews_for(user: User) -> QuerySet[Review]:
    return reviews_for(user).filter(state=Review.State.SUBMITTED).order_by("-submitted_at", "-pk")


def is_being_scored(review: Review) -> bool:
    """Whether the application still is in the stage of the review."""
    application = review.application
    return application.state == Application.State.IN_REVIEW and application.stage_id == review.stage_id


def blind_title(review: Review) -> str:
    """The title for lists, redacted."""
    return Redactor.for_application(review.application)(review.application.title)


def blind_plan(review: Review) -> BlindPlan:
    """What the evaluator reads."""
    application = review.application
    version = ApplicationVersion.objects.filter(application=application).order_by("-number").first()
    if version is None:
        raise LookupError("an application in review has a submitted version")
    content = version.content
    redact = Redactor.for_application(application, content)
    titles = {
        "problem": _("Problem"),
        "solution": _("Solution"),
        "scale_up": _("Scale-up"),
        "team_text": _("Team"),
    }
    return BlindPlan(
        receipt_number=application.receipt_number or "",
        version=version.number,
        submitted_at=version.submitted_at,
        title=redact(content["title"]),
        summary=redact(content["summary"]),
        sector=redact(content["sector"]),
        applicant_type=str(Application.ApplicantType(content["applicant_type"]).label),
        sections=[(title, redact(content[name])) for name, title in titles.items()],
        team=[(redact(member["role"]), redact(member["career"])) for member in content["team"]],
        files=_blind_files(application, content["documents"]),
    )


def kinds_for_evaluators(application: Application) -> set[str]:
    """Of which kinds the files are that evaluators read, as applicants are told. Evidence is none of them."""
    documents = RequiredDocument.objects.filter(call=application.call_id, read_by_evaluators=True)
    return {document.kind for document in documents}


def score_lines(review: Review) -> list[ScoreLine]:
    """Every criterion of the stage's rubric in its order, with the review's scores."""
    criteria = Criterion.objects.filter(rubric__stages=review.stage_id).order_by("order", "pk")
    given = {score.criterion_id: score for score in ReviewScore.objects.filter(review=review)}
    return [
        ScoreLine(
            criterion,
            given[criterion.pk].score if criterion.pk in given else None,
            given[criterion.pk].comment if criterion.pk in given else "",
        )
        for criterion in criteria
    ]


def running_total(lines: list[ScoreLine]) -> Decimal:
    return scoring.review_total(
        {line.criterion.pk: line.score for line in lines},
        {line.criterion.pk: line.criterion.weight for line in lines},
        {line.criterion.pk: line.criterion.max_score for line in lines},
    )


def evaluator_workload(user: User, call: Call) -> QuerySet[User]:
    """Every mentor with the reviews ``assigned``, ``confirmed`` and ``recused`` in the call."""
    if not can_read_office(user):
        return User.objects.none()
    of_call = Q(reviews__stage__call=call)
    return (
        User.objects.filter(groups__name=Role.MENTOR, is_active=True)
        .annotate(
            assigned=Count(
                "reviews", filter=of_call & ~Q(reviews__state=Review.State.RECUSED), distinct=True
            ),
            confirmed=Count(
                "reviews", filter=of_call & Q(reviews__state=Review.State.SUBMITTED), distinct=True
            ),
            recused=Count("reviews", filter=of_call & Q(reviews__state=Review.State.RECUSED), distinct=True),
        )
        .order_by("assigned", "name", "pk")
    )


def comments_for_applicant(application: Application) -> list[tuple[str, list[str]]]:
    """What evaluators wrote for the applicant, per decided stage and criterion, without their names."""
    scores = (
        ReviewScore.objects.filter(
            review__application=application,
            review__state=Review.State.SUBMITTED,
            review__stage__decided_at__isnull=False,
        )
        .exclude(comment="")
        .order_by("review__stage__order", "criterion__order", "review_id")
        .values_list("review__stage__name", "criterion__name", "comment")
    )
    grouped: dict[str, list[str]] = {}
    for stage, criterion, comment in scores:
        grouped.setdefault(f"{stage} · {criterion}", []).append(comment)
    return list(grouped.items())


def _blind_files(application: Application, handed_in: list[dict[str, Any]]) -> list[BlindFile]:
    """Numbered anew: a gap would tell that there is more."""
    kinds = kinds_for_evaluators(application)
    shown = [row for row in handed_in if row["kind"] in kinds]
    return [_blind_file(number, row) for number, row in enumerate(shown, start=1)]


def _blind_file(number: int, row: dict[str, Any]) -> BlindFile:
    _stem, dot, extension = row["name"].rpartition(".")
    return BlindFile(
        number=number,
        label=row["label"],
        extension=f".{extension.lower()}" if dot else "",
        size=row["size"],
        key=row["key"],
    )


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    open: int
    done: int

    @property
    def all(self) -> int:
        return self.open + self.done


def review_counts(user: User) -> ReviewCounts:
    """How far the evaluator is."""
    return ReviewCounts(open_reviews_for(user).count(), done_reviews_for(user).count())
