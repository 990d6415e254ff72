"""How the demo's calls choose: a selection in three stages, and a course that takes those who fit.

The stages of Good Partner are not published; these follow the practice of the district's centre. Weights,
cut-offs and texts are invented, and the pages of the calls are marked as demonstration.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from incubator.models import (
    AgreementText,
    BonusRule,
    Call,
    Criterion,
    EligibilityQuestion,
    RequiredDocument,
    Rubric,
    Stage,
)

DESCRIPTORS = [
    "내용이 거의 없다",
    "생각은 있으나 근거가 없다",
    "근거가 일부 있다",
    "수치와 사례로 보였다",
    "실제 고객과 결과로 증명했다",
]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A stage: its days after the closing, and how many more than the call's places go on."""

    kind: Stage.Kind
    name: str
    first: int
    last: int
    times: int = 1
    more: int = 0
    is_scored: bool = True
    cut_off: int = 60
    evaluators: int = 3


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document that a call asks for."""

    name: str
    hint: str
    required: bool = True
    read_by_evaluators: bool = False


@dataclass(frozen=True, kw_only=True)
class Way:
    """What a call asks for and how it chooses. A criterion is a code, a name, a weight and what is looked at."""

    rubric: str
    criteria: Sequence[tuple[str, str, int, str]]
    steps: Sequence[Step]
    eligibility: str
    agreement: str
    results_after: int = 20
    agreement_after: int | None = 34
    documents: Sequence[Paper] = ()
    questions: Sequence[tuple[str, str, str]] = ()
    bonuses: Sequence[str] = ()


SELECTION = Way(
    rubric="PSST 기본 평가표",
    criteria=(
        ("problem", "문제인식", 25, "해결하려는 문제가 분명하고, 누구의 문제인지 알 수 있는가"),
        ("solution", "실현가능성", 30, "해법이 실제로 만들어지고 고객이 쓰는가"),
        ("scale-up", "성장전략", 25, "시장과 자금 계획이 구체적인가"),
        ("team", "팀구성", 20, "이 일을 해낼 사람들이 모였는가"),
    ),
    steps=(
        Step(kind=Stage.Kind.DOCUMENT, name="서류평가", first=3, last=9, times=2),
        Step(kind=Stage.Kind.PITCH, name="발표평가", first=12, last=14, more=2),
        Step(kind=Stage.Kind.COMMITTEE, name="운영위원회 심의", first=18, last=19, is_scored=False),
    ),
    eligibility="용산구에 살거나 용산구에서 사업을 할 예비창업자\n창업한 지 7년 이내인 기업\n휴업·폐업 중이 아닌 기업",
    agreement="""제1조(목적) 이 협약은 용산 굿파트너 프로그램의 지원 내용과 참여자의 의무를 정합니다.
제2조(참여) 참여자는 멘토링과 중간점검에 성실히 참여합니다.
제3조(보고) 참여자는 프로그램이 끝난 뒤에도 매출과 고용 현황을 해마다 알립니다.
제4조(해지) 거짓으로 신청했거나 정당한 이유 없이 참여하지 않으면 협약을 해지할 수 있습니다.""",
    documents=(
        Paper(name="사업계획서", hint="PDF나 한글 파일로 올려 주세요.", read_by_evaluators=True),
        Paper(name="사업자등록증명", hint="예비창업자는 내지 않아도 돼요.", required=False),
    ),
    questions=(
        (
            "용산구에 살거나 용산구에서 사업을 할 예정인가요?",
            "yes",
            "용산구에 살거나 용산구에서 사업을 할 팀이 신청할 수 있어요.",
        ),
        ("창업한 지 7년이 넘었나요?", "no", "창업한 지 7년 이내인 기업까지 신청할 수 있어요."),
        ("휴업이나 폐업 중인가요?", "no", "휴업·폐업 중인 기업은 신청할 수 없어요."),
    ),
    bonuses=("용산구민", "장애인"),
)
COURSE = Way(
    rubric="수강 신청 확인표",
    criteria=(("motive", "수강 동기", 100, "무엇을 배워 무엇을 하려는지 적었는가"),),
    steps=(Step(kind=Stage.Kind.DOCUMENT, name="수강생 확정", first=1, last=3, cut_off=0, evaluators=1),),
    eligibility="창업을 준비하거나 시작한 분",
    agreement="수강생은 정해진 시간에 참석하고, 참석하지 못하면 미리 알립니다.",
    results_after=4,
    agreement_after=None,
)


def set_up(call: Call, way: Way, *, close: date) -> None:
    """Everything that ``call`` needs before it can be published."""
    rubric = _rubric(way)
    for order, step in enumerate(way.steps, start=1):
        Stage.objects.create(
            call=call,
            order=order,
            kind=step.kind,
            name=step.name,
            rubric=rubric if step.is_scored else None,
            starts_on=close + timedelta(days=step.first),
            ends_on=close + timedelta(days=step.last),
            cut_off=Decimal(step.cut_off),
            places=call.places * step.times + step.more,
            evaluators=step.evaluators,
        )
    for order, paper in enumerate(way.documents):
        RequiredDocument.objects.create(
            call=call,
            name=paper.name,
            help_text=paper.hint,
            required=paper.required,
            read_by_evaluators=paper.read_by_evaluators,
            order=order,
        )
    for order, (text, expected, explanation) in enumerate(way.questions):
        EligibilityQuestion.objects.create(
            call=call, text=text, expected=expected, explanation=explanation, order=order
        )
    for name in way.bonuses:
        BonusRule.objects.create(call=call, name=name, points=Decimal(2))
    AgreementText.objects.create(call=call, version=1, body=way.agreement)


def _rubric(way: Way) -> Rubric:
    rubric, created = Rubric.objects.get_or_create(name=way.rubric)
    if created:
        for order, (code, name, weight, description) in enumerate(way.criteria):
            Criterion.objects.create(
                rubric=rubric,
                order=order,
                code=code,
                name=name,
                weight=weight,
                description=description,
                descriptors=DESCRIPTORS,
                tie_order=order + 1,
            )
    return rubric
