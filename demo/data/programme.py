"""The programme: calls that are over, being evaluated, open and to come, with applications in every state.

How many are selected, the rubric and the stages are data of the demo: the real ones are not published.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.accounts.consents import INCUBATION, record_consents, required_texts
from core.accounts.models import User
from demo.data.clock import at, moment
from demo.data.papers import hand_in
from demo.data.people import Person
from demo.data.plans import PLANS, Plan
from demo.data.ways import SELECTION, Way, set_up
from incubator.models import Application, Call, Programme
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


@dataclass(frozen=True)
class Timing:
    """When a call opens and closes, counted in days from today."""

    opens: int
    closes: int

    def dates(self, today: date, way: Way) -> dict[str, Any]:
        closes = today + timedelta(days=self.closes)
        signing = way.agreement_after
        return {
            "opens_at": moment(today + timedelta(days=self.opens), 9),
            "closes_at": moment(closes, 18),
            "results_on": closes + timedelta(days=way.results_after),
            "agreement_due_on": closes + timedelta(days=signing) if signing else None,
        }


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
    way: Way = SELECTION,
    publish: bool = True,
) -> Call:
    """A call with its stages, documents, questions and agreement, published unless it is still prepared."""
    slug = f"{programme.slug}-{number}"
    if call := Call.objects.filter(slug=slug).first():
        return call
    with at(moment(today + timedelta(days=min(timing.opens, 0)) - timedelta(days=3), 9)):
        call = Call.objects.create(
            programme=programme,
            cohort_number=number,
            title=title,
            slug=slug,
            code=code,
            places=places,
            eligibility=way.eligibility,
            **timing.dates(today, way),
        )
        set_up(call, way, close=today + timedelta(days=timing.closes))
        return publish_call(by=by, call=call) if publish else call


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
