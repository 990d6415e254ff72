"""The district's 2025 jobs plan as published, and results that are invented and marked as demo."""

from datetime import date
from decimal import Decimal

from impact.models import AreaResult, JobsPlan
from impact.services.plans import PlannedProject, save_jobs_plan

YEAR = 2025
FACTS = {
    "target_jobs": 7640,
    "project_count": 54,
    "employment_rate": Decimal("70.9"),
    "employed": 105_040,
    "published_on": date(2025, 3, 31),
    "source": "용산구 2025년 일자리대책 연차별 세부계획 보도",
}
AREAS = (
    "직접일자리 창출",
    "직업능력개발훈련",
    "창업지원",
    "고용서비스",
    "고용장려금",
    "일자리 인프라 구축",
    "민간일자리 창출효과",
)
PROJECTS = (
    "동행일자리",
    "노인일자리",
    "자활근로사업",
    "청년기업 및 중소기업 융자 지원",
    "골목상권 활성화 지원",
    "로컬브랜드 강화",
    "민관협력 일자리 공모사업",
    "신중년 취업역량강화사업",
    "구민 아카데미",
    "청년 국가자격증 및 어학시험 응시료 지원",
    "청년 취업특강",
    "일자리플러스센터",
    "일자리통합정보망",
    "광역일자리카페",
    "온·오프라인 취업박람회",
    "창업지원센터",
    "창업아카데미",
)
NEW_PROJECTS = (
    "정리수납 전문가 양성 과정",
    "초등학생 통학안전지킴이",
    "사회적경제기업 자생력 강화 프로젝트",
)
SHARES = ((1900, 88), (620, 73), (480, 61), (2900, 92), (540, 84), (300, 70), (900, 66))
"""Demo only: how a target of 7,640 might be spread, and what per cent of it was reached."""


def load_jobs_plan() -> JobsPlan:
    """The plan with its areas and named projects; quarterly results of the demo once."""
    projects = [
        *(PlannedProject(name) for name in PROJECTS),
        *(PlannedProject(name, is_new=True) for name in NEW_PROJECTS),
        PlannedProject("단계별 창업 마스터 ‘용산 굿파트너’", is_new=True, partner="서울창조경제혁신센터"),
    ]
    plan = save_jobs_plan(year=YEAR, facts=FACTS, areas=AREAS, projects=projects)
    for area, (target, percent) in zip(plan.areas.order_by("order"), SHARES, strict=True):
        for quarter in range(1, 5):
            aimed = target // 4 + (target % 4 if quarter == 4 else 0)  # noqa: PLR2004 — the last takes the rest
            AreaResult.objects.get_or_create(
                area=area,
                quarter=quarter,
                defaults={
                    "target": aimed,
                    "achieved": aimed * percent // 100,
                    "as_of": date(YEAR, quarter * 3, 28),
                    "source": "시연 자료",
                    "is_demo": True,
                },
            )
    return plan
