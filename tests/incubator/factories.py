"""Calls, applications and reviews in every state, reached through the services."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.accounts.models import Business, Membership, User
from core.accounts.roles import Role
from incubator import services
from incubator.models import (
    AgreementText,
    Application,
    BonusRule,
    Call,
    Criterion,
    EligibilityQuestion,
    Programme,
    RequiredDocument,
    Review,
    Rubric,
    Stage,
)

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PSST = [
    ("problem", "문제인식", "25"),
    ("solution", "실현가능성", "30"),
    ("scale_up", "성장전략", "25"),
    ("team", "팀구성", "20"),
]


def pdf(name: str = "계획서.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"incubator{n}@example.com")
    name = factory.Sequence(lambda n: f"데모사람{n}")

    @factory.post_generation
    def role(self, create: bool, role: Role | None, **_: Any) -> None:
        if role:
            self.groups.add(Group.objects.get(name=role))


def mentor(**fields: Any) -> User:
    return UserFactory(role=Role.MENTOR, **fields)


def staff() -> User:
    """The one programme officer of a test."""
    found = User.objects.filter(groups__name=Role.PROGRAMME_STAFF).first()
    return found or UserFactory(role=Role.PROGRAMME_STAFF, name="데모직원")


def _business_number(n: int) -> str:
    base = f"{100000000 + n:09d}"
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    total = sum(int(d) * w for d, w in zip(base, weights, strict=True)) + int(base[8]) * 5 // 10
    return f"{base}{(10 - total % 10) % 10}"


class BusinessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Business

    name = factory.Sequence(lambda n: f"데모 주식회사 {n}")
    registration_number = factory.Sequence(_business_number)
    representative = "데모대표"
    opened_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=400))
    sector = "식품"
    postcode = "04401"
    address = "서울특별시 용산구 녹사평대로 150"


def own(business: Business, user: User) -> Business:
    Membership.objects.create(business=business, user=user, part=Membership.Part.OWNER)
    return business


class RubricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rubric
        skip_postgeneration_save = True

    name = "PSST"

    @factory.post_generation
    def criteria(self, create: bool, rows: Any, **_: Any) -> None:
        for order, (code, name, weight) in enumerate(rows or PSST):
            Criterion.objects.create(
                rubric=self,
                order=order,
                code=code,
                name=name,
                weight=Decimal(weight),
                tie_order=order,
                descriptors=[f"{name} {score}점의 뜻" for score in range(1, 6)],
            )


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("slug",)

    name = "용산 굿파트너"
    slug = "good-partner"


class CallFactory(factory.django.DjangoModelFactory):
    """An open call with two documents, a bonus rule, and one stage that decides unless ``stages`` says more."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    cohort_number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda call: f"단계별 창업 마스터 ‘용산 굿파트너’ {call.cohort_number}기")
    slug = factory.LazyAttribute(lambda call: f"gp-{call.cohort_number}")
    code = factory.LazyAttribute(lambda call: f"GP{call.cohort_number}")
    opens_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=10))
    places = 2
    agreement_due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=40))

    @classmethod
    def _create(cls, model_class: type[Call], *args: Any, **kwargs: Any) -> Call:
        published = kwargs.pop("published", True)
        stages = kwargs.pop("stages", [("document", 2)])
        documents = kwargs.pop("documents", [("사업계획서", True), ("사업자등록증명", False)])
        closes_at = kwargs["closes_at"]
        kwargs["closes_at"] = max(closes_at, clock.now() + timedelta(days=1))  # published while it could be
        call = super()._create(model_class, *args, **kwargs)
        rubric = RubricFactory()
        for order, (kind, places) in enumerate(stages, start=1):
            Stage.objects.create(
                call=call,
                order=order,
                kind=kind,
                name={"document": "서류평가", "pitch": "발표평가", "committee": "운영위원회 심의"}[kind],
                rubric=None if kind == "committee" else rubric,
                starts_on=clock.today() + timedelta(days=11),
                ends_on=clock.today() + timedelta(days=20),
                places=places,
            )
        for order, (name, required) in enumerate(documents):
            RequiredDocument.objects.create(
                call=call,
                name=name,
                required=required,
                read_by_evaluators=name == "사업계획서",
                order=order,
            )
        BonusRule.objects.create(call=call, name="용산구 거주", points=Decimal(3))
        EligibilityQuestion.objects.create(
            call=call,
            text="용산구에 살거나 사업장을 둘 예정인가요?",
            expected="yes",
            explanation="용산구 사업입니다.",
        )
        AgreementText.objects.create(call=call, body="협약 내용입니다.\n\n성실히 참여합니다.")
        if published:
            call = services.publish_call(by=staff(), call=call)
        if call.closes_at != closes_at:
            Call.objects.filter(pk=call.pk).update(closes_at=closes_at)
            call.refresh_from_db()
        return call


TEXTS = {
    "title": "남는 급식 식재료를 다시 메뉴로",
    "summary": "버려지는 식재료를 손질해 다시 공급합니다.",
    "sector": "식품",
    "problem": "하루 평균 1.9톤의 식재료가 폐기됩니다.",
    "solution": "공유주방에서 손질해 다음 날 공급합니다.",
    "scale_up": "1년 차 20곳, 2년 차 3개 구로 넓힙니다.",
    "team_text": "조리 경력 11년입니다.",
}


def draft(call: Call | None = None, applicant: User | None = None, *, complete: bool = True) -> Application:
    applicant = applicant or UserFactory()
    application = services.start_application(by=applicant, call=call or CallFactory())
    if complete:
        services.save_draft(by=applicant, application=application, fields=TEXTS)
        for required in application.call.required_documents.filter(required=True):
            services.attach_document(by=applicant, application=application, kind=required.kind, upload=pdf())
    application.refresh_from_db()
    return application


def submitted(call: Call | None = None, applicant: User | None = None) -> Application:
    application = draft(call, applicant)
    return services.submit_application(by=application.applicant, application=application)


def returned(call: Call | None = None, applicant: User | None = None) -> Application:
    application = submitted(call, applicant)
    return services.return_for_correction(
        by=staff(),
        application=application,
        flaws=[
            {"field": "problem", "text": "수치의 출처를 적어 주세요."},
            {"field": "", "text": "팀 소개가 짧습니다."},
        ],
    )


def eligible(call: Call | None = None, applicant: User | None = None) -> Application:
    return services.confirm_eligible(by=staff(), application=submitted(call, applicant))


def ineligible(call: Call | None = None, applicant: User | None = None) -> Application:
    return services.refuse_ineligible(
        by=staff(), application=submitted(call, applicant), reason="용산구 밖입니다."
    )


def in_review(
    call: Call | None = None, applicant: User | None = None, mentors: list[User] | None = None
) -> Application:
    application = eligible(call, applicant)
    stage = application.call.stages.first()
    services.assign_mentors(
        by=staff(), stage=stage, applications=[application], mentors=mentors or [mentor() for _ in range(3)]
    )
    application.refresh_from_db()
    return application


def scored(
    call: Call | None = None, applicant: User | None = None, scores: tuple[int, ...] = (4, 4, 4)
) -> Application:
    """In review, with one confirmed review per entry: every criterion gets that score."""
    application = in_review(call, applicant, [mentor() for _ in scores])
    reviews = application.reviews.order_by("pk")
    for review, score in zip(reviews, scores, strict=True):
        confirm(review, score)
    return application


def confirm(review: Review, score: int | list[int]) -> Review:
    services.declare_no_conflict(by=review.evaluator, review=review)
    return give_scores(review, score)


def give_scores(review: Review, score: int | list[int]) -> Review:
    """To an evaluator who has declared: every criterion gets ``score``, and the review is confirmed."""
    by = review.evaluator
    criteria = list(review.stage.rubric.criteria.all())
    each = [score] * len(criteria) if isinstance(score, int) else score
    services.save_scores(
        by=by,
        review=review,
        scores={c.pk: services.ScoreInput(score=s) for c, s in zip(criteria, each, strict=True)},
    )
    return services.submit_review(by=by, review=review)


def close(call: Call) -> Call:
    """Its deadline has passed (the clock is what usually does this)."""
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))
    call.refresh_from_db()
    return call


def open_copy(call: Call) -> Call:
    """The same call as it was while it was open, in memory only."""
    fields = {field.attname: getattr(call, field.attname) for field in Call._meta.concrete_fields}
    return Call(
        **{
            **fields,
            "state": Call.State.PUBLISHED,
            "opens_at": clock.now() - timedelta(days=1),
            "closes_at": clock.now() + timedelta(days=1),
        }
    )


def call_in(state: str) -> Call:
    call = CallFactory(published=state != "draft")
    by = staff()
    if state in {"evaluating", "announced", "archived"}:
        call = services.begin_evaluation(by=by, call=close(call))
    if state in {"announced", "archived"}:
        call = services.announce_call(by=by, call=call)
    return services.archive_call(by=by, call=call) if state == "archived" else call


def decided(
    call: Call | None = None,
    applicant: User | None = None,
    *,
    outcome: str = "selected",
    score: int = 4,
) -> Application:
    application = scored(call, applicant, (score,) * 3)
    close(application.call)
    services.decide_stage(
        by=staff(),
        stage=application.stage,
        selected_ids=[application.pk] if outcome == "selected" else [],
        waitlisted_ids=[application.pk] if outcome == "waitlisted" else [],
        reason="시험",
    )
    application.refresh_from_db()
    return application


def participating(call: Call | None = None, applicant: User | None = None) -> Application:
    application = decided(call, applicant)
    services.sign_agreement(
        by=application.applicant,
        application=application,
        text=application.call.agreement_texts.first(),
        typed_name=application.applicant.name,
    )
    application.refresh_from_db()
    return application


def graduated(call: Call | None = None, applicant: User | None = None) -> Application:
    return services.graduate(by=staff(), application=participating(call, applicant))


def withdrawn(call: Call | None = None, applicant: User | None = None) -> Application:
    application = submitted(call, applicant)
    return services.withdraw_application(by=application.applicant, application=application)


def declined(call: Call | None = None, applicant: User | None = None) -> Application:
    application = decided(call, applicant)
    return services.decline_place(by=application.applicant, application=application)


IN_STATE = {
    "draft": draft,
    "submitted": submitted,
    "returned": returned,
    "eligible": eligible,
    "ineligible": ineligible,
    "in_review": in_review,
    "selected": decided,
    "waitlisted": lambda call=None, applicant=None: decided(call, applicant, outcome="waitlisted"),
    "rejected": lambda call=None, applicant=None: decided(call, applicant, outcome="rejected"),
    "withdrawn": withdrawn,
    "declined": declined,
    "participating": participating,
    "graduated": graduated,
}


class ApplicationFactory(factory.Factory):
    """``ApplicationFactory(state="in_review", call=…, applicant=…)``; a trait per state."""

    class Meta:
        model = Application

    class Params:
        submitted = factory.Trait(state="submitted")
        returned = factory.Trait(state="returned")
        eligible = factory.Trait(state="eligible")
        ineligible = factory.Trait(state="ineligible")
        in_review = factory.Trait(state="in_review")
        selected = factory.Trait(state="selected")
        waitlisted = factory.Trait(state="waitlisted")
        rejected = factory.Trait(state="rejected")
        withdrawn = factory.Trait(state="withdrawn")
        declined = factory.Trait(state="declined")
        participating = factory.Trait(state="participating")
        graduated = factory.Trait(state="graduated")

    state = "draft"
    call = None
    applicant = None

    @classmethod
    def _create(cls, model_class: type[Application], *args: Any, **kwargs: Any) -> Application:
        make = IN_STATE[kwargs["state"]]
        return make(call=kwargs["call"], applicant=kwargs["applicant"])


def review_in(state: str, *, evaluator: User | None = None) -> Review:
    """A review in ``state``, of an application in review."""
    by = evaluator or mentor()
    application = in_review(mentors=[by, mentor(), mentor()])
    review = application.reviews.get(evaluator=by)
    if state == "assigned":
        return review
    if state == "recused":
        return services.recuse(by=by, review=review, reason="전 직장 동료입니다.")
    if state == "submitted":
        return confirm(review, 4)
    return services.declare_no_conflict(by=by, review=review)
