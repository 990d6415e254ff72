"""The programme: calls that are over, being evaluated, open and to come, with applications in every state.

How many are selected, the rubric and the stages are data of the demo: the real ones are not published.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.accounts.consents import INCUBATION, record_consents, required_texts
from core.accounts.models import User
from demo.data.clock import at, moment
from demo.data.papers import hand_in
from demo.data.people import Person
from demo.data.plans import PLANS, Plan
from incubator.models import (
    AgreementText,
    Application,
    BonusRule,
    Call,
    Criterion,
    EligibilityQuestion,
    Programme,
    RequiredDocument,
    Rubric,
    Stage,
)
from incubator.services.applications import (
    Member,
    add_member,
    save_draft,
    start_application,
    submit_application,
)
from incubator.services.calls import publish_call

GOOD_PARTNER = (
    "용산 굿파트너",
    "good-partner",
    "서울창조경제혁신센터와 함께하는 단계별 창업 마스터 프로그램이에요.",
)
TENANCY = ("청년창업지원센터 입주", "youth-centre", "서빙고로 17의 창업 공간에서 함께 일할 팀을 모십니다.")
ACADEMY = ("창업아카데미", "academy", "창업의 기초부터 실전까지 함께 배우는 교육이에요.")

PSST = (
    ("problem", "문제인식", 25, "해결하려는 문제가 분명하고, 누구의 문제인지 알 수 있는가", 1),
    ("solution", "실현가능성", 30, "해법이 실제로 만들어지고 고객이 쓰는가", 2),
    ("scale-up", "성장전략", 25, "시장과 자금 계획이 구체적인가", 3),
    ("team", "팀구성", 20, "이 일을 해낼 사람들이 모였는가", 4),
)
DESCRIPTORS = [
    "내용이 거의 없다",
    "생각은 있으나 근거가 없다",
    "근거가 일부 있다",
    "수치와 사례로 보였다",
    "실제 고객과 결과로 증명했다",
]
AGREEMENT = """제1조(목적) 이 협약은 용산 굿파트너 프로그램의 지원 내용과 참여자의 의무를 정합니다.
제2조(참여) 참여자는 멘토링과 중간점검에 성실히 참여합니다.
제3조(보고) 참여자는 프로그램이 끝난 뒤에도 매출과 고용 현황을 해마다 알립니다.
제4조(해지) 거짓으로 신청했거나 정당한 이유 없이 참여하지 않으면 협약을 해지할 수 있습니다."""
QUESTIONS = (
    (
        "용산구에 살거나 용산구에서 사업을 할 예정인가요?",
        "yes",
        "용산구에 살거나 용산구에서 사업을 할 팀이 신청할 수 있어요.",
    ),
    ("창업한 지 7년이 넘었나요?", "no", "창업한 지 7년 이내인 기업까지 신청할 수 있어요."),
    ("휴업이나 폐업 중인가요?", "no", "휴업·폐업 중인 기업은 신청할 수 없어요."),
)


@dataclass(frozen=True)
class Timing:
    """When a call opens and closes, counted in days from today."""

    opens: int
    closes: int

    def dates(self, today: date) -> dict[str, Any]:
        closes = today + timedelta(days=self.closes)
        return {
            "opens_at": moment(today + timedelta(days=self.opens), 9),
            "closes_at": moment(closes, 18),
            "results_on": closes + timedelta(days=20),
            "agreement_due_on": closes + timedelta(days=34),
        }


def psst_rubric() -> Rubric:
    rubric, created = Rubric.objects.get_or_create(name="PSST 기본 평가표")
    if created:
        for order, (code, name, weight, description, tie) in enumerate(PSST):
            Criterion.objects.create(
                rubric=rubric,
                order=order,
                code=code,
                name=name,
                weight=weight,
                description=description,
                descriptors=DESCRIPTORS,
                tie_order=tie,
            )
    return rubric


def load_call(
    *,
    programme: Programme,
    number: int,
    title: str,
    code: str,
    timing: Timing,
    today: date,
    places: int,
    by: User,
    publish: bool = True,
) -> Call:
    """A call with its stages, documents, questions and agreement, published unless it is still prepared."""
    slug = f"{programme.slug}-{number}"
    if call := Call.objects.filter(slug=slug).first():
        return call
    dates = timing.dates(today)
    with at(moment(today + timedelta(days=min(timing.opens, 0)) - timedelta(days=3), 9)):
        call = Call.objects.create(
            programme=programme,
            cohort_number=number,
            title=title,
            slug=slug,
            code=code,
            places=places,
            eligibility="용산구에 살거나 용산구에서 사업을 할 예비창업자\n창업한 지 7년 이내인 기업\n휴업·폐업 중이 아닌 기업",
            **dates,
        )
        _set_up(call, timing, today, places)
        return publish_call(by=by, call=call) if publish else call


def _set_up(call: Call, timing: Timing, today: date, places: int) -> None:
    rubric = psst_rubric()
    close = today + timedelta(days=timing.closes)
    stages = (
        ("document", "서류평가", rubric, 3, 9, places * 2),
        ("pitch", "발표평가", rubric, 12, 14, places + 2),
        ("committee", "운영위원회 심의", None, 18, 19, places),
    )
    for order, (kind, name, used, first, last, passing) in enumerate(stages, start=1):
        Stage.objects.create(
            call=call,
            order=order,
            kind=kind,
            name=name,
            rubric=used,
            starts_on=close + timedelta(days=first),
            ends_on=close + timedelta(days=last),
            cut_off=Decimal(60),
            places=passing,
            evaluators=3,
        )
    RequiredDocument.objects.create(
        call=call,
        name="사업계획서",
        help_text="PDF나 한글 파일로 올려 주세요.",
        read_by_evaluators=True,
        order=0,
    )
    RequiredDocument.objects.create(
        call=call,
        name="사업자등록증명",
        help_text="예비창업자는 내지 않아도 돼요.",
        required=False,
        order=1,
    )
    for order, (text, expected, explanation) in enumerate(QUESTIONS):
        EligibilityQuestion.objects.create(
            call=call, text=text, expected=expected, explanation=explanation, order=order
        )
    BonusRule.objects.create(call=call, name="용산구민", points=Decimal(2))
    BonusRule.objects.create(call=call, name="장애인", points=Decimal(2))
    AgreementText.objects.create(call=call, version=1, body=AGREEMENT)


def load_programmes() -> dict[str, Programme]:
    return {
        slug: Programme.objects.get_or_create(slug=slug, defaults={"name": name, "summary": summary})[0]
        for name, slug, summary in (GOOD_PARTNER, TENANCY, ACADEMY)
    }


def apply(*, by: User, call: Call, plan: Plan, draft: bool = False) -> Application:
    """Fill the whole application in, and hand it in unless it stays a ``draft``."""
    record_consents(by=by, texts=required_texts(INCUBATION))
    application = start_application(by=by, call=call)
    save_draft(
        by=by,
        application=application,
        fields={
            "title": plan.title,
            "summary": plan.summary,
            "sector": plan.sector,
            "problem": plan.problem,
            "solution": plan.solution,
            "scale_up": plan.scale_up,
            "team_text": plan.team,
        },
    )
    if draft:
        return application
    add_member(by=by, application=application, member=Member("데모 팀원", "개발", "웹 서비스 개발 6년"))
    for document in call.required_documents.filter(required=True):
        hand_in(by=by, owner=application, kind=document.kind, name=document.name)
    return submit_application(by=by, application=application)


def crowd(count: int, *, start: int = 1) -> list[Person]:
    """People who are there to fill lists; they are not offered as logins."""
    return [
        Person(login=f"person{number:04d}@crowd", name=f"데모 신청인 {number}")
        for number in range(start, start + count)
    ]


def plan_for(index: int) -> Plan:
    return PLANS[index % len(PLANS)]
