"""The cohorts: graduated, just selected, being evaluated, taking applications, still being prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.accounts.models import User
from demo.data.accounts import load_people
from demo.data.clock import at, moment
from demo.data.people import Person
from demo.data.programme import Timing, apply, crowd, load_call, load_programmes, plan_for
from demo.data.ways import COURSE
from incubator.models import Application, Call, Criterion, Programme, Review, Stage
from incubator.services.agreements import sign_agreement
from incubator.services.applications import withdraw_application
from incubator.services.calls import archive_call
from incubator.services.graduation import graduate
from incubator.services.reviews import (
    ScoreInput,
    assign_mentors,
    declare_no_conflict,
    recuse,
    save_scores,
    submit_review,
)
from incubator.services.screening import confirm_eligible, refuse_ineligible, return_for_correction
from incubator.services.selection import decide_stage
from incubator.services.waitlist import decline_place

GOOD = 4
PAST, EVALUATING, OPEN = Timing(-430, -400), Timing(-40, -9), Timing(-23, 6)
ANNOUNCED = Timing(-55, -24)


@dataclass(frozen=True)
class Cast:
    """Who acts in the cohorts."""

    staff: User
    mentors: Sequence[User]
    founders: Sequence[User]


def load_cohorts(*, cast: Cast, today: date) -> dict[str, Call]:
    """All calls with their applications; nothing happens to a call that is there already."""
    calls = _calls(cast, today)
    if not calls["past"].applications.exists():
        _tell_past(calls["past"], cast, today)
        _tell_evaluating(calls["evaluating"], cast, today)
        _tell_open(calls["open"], cast, today)
    if not calls["announced"].applications.exists():
        _tell_announced(calls["announced"], cast, today)
    return calls


def _calls(cast: Cast, today: date) -> dict[str, Call]:
    """In every phase, the next cohort's in preparation."""
    programmes = load_programmes()
    year = today.year
    good_partner = programmes["good-partner"]
    calls = {
        "past": _call(
            good_partner, 1, f"{year - 1}년 단계별 창업 마스터 ‘용산 굿파트너’ 1기 모집", PAST, today, 3, cast
        ),
        "evaluating": _call(
            good_partner,
            2,
            f"{year}년 단계별 창업 마스터 ‘용산 굿파트너’ 2기 모집",
            EVALUATING,
            today,
            3,
            cast,
        ),
        "open": _call(
            good_partner, 3, f"{year}년 단계별 창업 마스터 ‘용산 굿파트너’ 3기 모집", OPEN, today, 10, cast
        ),
        "announced": load_call(
            programme=programmes["youth-centre"],
            number=2,
            title="청년창업지원센터 공용 작업실 입주기업 모집",
            code="YC2",
            timing=ANNOUNCED,
            today=today,
            places=2,
            by=cast.staff,
        ),
        "rooms": load_call(
            programme=programmes["youth-centre"],
            number=1,
            title="청년창업지원센터 입주기업 모집",
            code="YC1",
            timing=Timing(-6, 23),
            today=today,
            places=5,
            by=cast.staff,
        ),
        "academy": load_call(
            programme=programmes["academy"],
            number=1,
            title="창업아카데미 겨울학기 수강생 모집",
            code="AC1",
            timing=Timing(9, 20),
            today=today,
            places=40,
            by=cast.staff,
            way=COURSE,
        ),
    }
    load_call(
        programme=good_partner,
        number=4,
        title=f"{year + 1}년 단계별 창업 마스터 ‘용산 굿파트너’ 4기 모집",
        code="GP4",
        timing=Timing(60, 90),
        today=today,
        places=10,
        by=cast.staff,
        publish=False,
    )
    return calls


def _call(  # noqa: PLR0917 — one line per call reads as a table
    programme: Programme, number: int, title: str, timing: Timing, today: date, places: int, cast: Cast
) -> Call:
    return load_call(
        programme=programme,
        number=number,
        title=title,
        code=f"GP{number}",
        timing=timing,
        today=today,
        places=places,
        by=cast.staff,
    )


def _people(people: Sequence[Person]) -> list[User]:
    return list(load_people(people).values())


def _hand_in_all(call: Call, applicants: Sequence[User], timing: Timing, today: date) -> list[Application]:
    applications = []
    for index, person in enumerate(applicants):
        day = today + timedelta(days=min(timing.opens + 3 + index * 3, timing.closes - 1))
        with at(moment(min(day, today - timedelta(days=1)), 11 + index % 6, 7 * index % 60)):
            applications.append(apply(by=person, call=call, plan=plan_for(index)))
    return applications


def _score(stage: Stage, applications: Sequence[Application], scores: Sequence[int]) -> None:
    """Every assigned mentor scores every application; ``scores`` gives each application's level."""
    criteria = list(Criterion.objects.filter(rubric=stage.rubric_id))
    for application, level in zip(applications, scores, strict=True):
        reviews = Review.objects.filter(stage=stage, application=application, state=Review.State.ASSIGNED)
        for offset, review in enumerate(reviews.select_related("evaluator")):
            declare_no_conflict(by=review.evaluator, review=review)
            given = {
                criterion.pk: ScoreInput(
                    score=max(1, min(5, level + (1 if (offset + position) % 3 == 0 else 0))),
                    comment="근거 자료가 좋아요." if level >= GOOD else "고객을 더 좁혀 보세요.",
                )
                for position, criterion in enumerate(criteria)
            }
            save_scores(by=review.evaluator, review=review, scores=given, comment="잘 읽었습니다.")
            submit_review(by=review.evaluator, review=review)


def _decide(
    stage: Stage, cast: Cast, selected: Sequence[Application], waiting: Sequence[Application] = ()
) -> None:
    decide_stage(
        by=cast.staff,
        stage=stage,
        selected_ids=[row.pk for row in selected],
        waitlisted_ids=[row.pk for row in waiting],
        reason="데모 자료의 결정입니다.",
    )


def _tell_past(call: Call, cast: Cast, today: date) -> None:
    """Two graduates, one who takes part, one who gave the place up, one who waited in vain, others who left early."""
    applicants = [*cast.founders[:4], *_people(crowd(4))]
    rows = _hand_in_all(call, applicants, PAST, today)
    close = today + timedelta(days=PAST.closes)
    with at(moment(close - timedelta(days=1), 15)):
        withdraw_application(by=applicants[7], application=rows[7], reason="다른 지역에서 창업하게 됐어요.")
    with at(moment(close + timedelta(days=2), 10)):
        for row in rows[:6]:
            confirm_eligible(by=cast.staff, application=row)
        refuse_ineligible(by=cast.staff, application=rows[6], reason="창업한 지 7년이 넘은 기업이에요.")
    chosen = rows[:5]
    stages = list(call.stages.order_by("order"))
    with at(moment(close + timedelta(days=5), 10)):
        assign_mentors(by=cast.staff, stage=stages[0], applications=rows[:6], mentors=cast.mentors[:5])
        _score(stages[0], rows[:6], [5, 4, 4, 4, 3, 2])
        _decide(stages[0], cast, chosen)
    with at(moment(close + timedelta(days=13), 10)):
        assign_mentors(by=cast.staff, stage=stages[1], applications=chosen, mentors=cast.mentors[:3])
        _score(stages[1], chosen, [5, 4, 4, 4, 3])
        _decide(stages[1], cast, chosen)
    with at(moment(close + timedelta(days=19), 14)):
        _decide(stages[2], cast, rows[:3], waiting=rows[3:5])
    _tell_participation(call, rows, applicants, cast, close)


def _tell_participation(
    call: Call, rows: Sequence[Application], applicants: Sequence[User], cast: Cast, close: date
) -> None:
    text = call.agreement_texts.get(version=1)
    with at(moment(close + timedelta(days=22), 11)):
        sign_agreement(by=applicants[0], application=rows[0], text=text, typed_name=applicants[0].name)
        decline_place(by=applicants[1], application=rows[1], reason="본업에 집중하기로 했어요.")
    with at(moment(close + timedelta(days=25), 11)):
        for person, row in zip(applicants[2:4], rows[2:4], strict=True):
            sign_agreement(by=person, application=row, text=text, typed_name=person.name)
    with at(moment(close + timedelta(days=330), 16)):
        graduate(by=cast.staff, application=rows[0])
    with at(moment(close + timedelta(days=360), 10)):
        archive_call(by=cast.staff, call=call)


def _tell_announced(call: Call, cast: Cast, today: date) -> None:
    """Results that are out, agreements that are not signed yet: two places, one who waits, one who was refused."""
    applicants = [cast.founders[5], *_people(crowd(3, start=51))]
    rows = _hand_in_all(call, applicants, ANNOUNCED, today)
    close = today + timedelta(days=ANNOUNCED.closes)
    first, second, last = call.stages.order_by("order")
    with at(moment(close + timedelta(days=2), 10)):
        for row in rows:
            confirm_eligible(by=cast.staff, application=row)
    with at(moment(close + timedelta(days=6), 10)):
        assign_mentors(by=cast.staff, stage=first, applications=rows, mentors=cast.mentors[:3])
        _score(first, rows, [5, 4, 4, 2])
        _decide(first, cast, rows[:3])
    with at(moment(close + timedelta(days=13), 10)):
        assign_mentors(by=cast.staff, stage=second, applications=rows[:3], mentors=cast.mentors[2:5])
        _score(second, rows[:3], [5, 4, 4])
        _decide(second, cast, rows[:3])
    with at(moment(close + timedelta(days=19), 14)):
        _decide(last, cast, rows[:2], waiting=rows[2:3])


def _tell_evaluating(call: Call, cast: Cast, today: date) -> None:
    """Reviews in every state: confirmed, being scored, not begun, recused; two applications without evaluators."""
    rows = _hand_in_all(call, _people(crowd(8, start=11)), EVALUATING, today)
    close = today + timedelta(days=EVALUATING.closes)
    with at(moment(close + timedelta(days=2), 10)):
        for row in rows[:7]:
            confirm_eligible(by=cast.staff, application=row)
        refuse_ineligible(by=cast.staff, application=rows[7], reason="휴업 중인 기업은 신청할 수 없어요.")
    stage = call.stages.order_by("order")[0]
    with at(moment(close + timedelta(days=4), 9)):
        assign_mentors(by=cast.staff, stage=stage, applications=rows[:5], mentors=cast.mentors[:3])
    with at(moment(close + timedelta(days=5), 20)):
        _score(stage, rows[:2], [4, 3])
        waiting = list(Review.objects.filter(stage=stage, application=rows[2]).select_related("evaluator"))
        declare_no_conflict(by=waiting[0].evaluator, review=waiting[0])
        first = Criterion.objects.filter(rubric=stage.rubric_id).order_by("order")[0]
        save_scores(by=waiting[0].evaluator, review=waiting[0], scores={first.pk: ScoreInput(score=4)})
        last = Review.objects.filter(stage=stage, application=rows[4], evaluator=cast.mentors[2]).get()
        recuse(by=cast.mentors[2], review=last, reason="신청인과 같은 회사에서 일했습니다.")


def _tell_open(call: Call, cast: Cast, today: date) -> None:
    """What comes in while the call is open: handed in, returned for correction, found eligible, still a draft."""
    applicants = [*_people(crowd(5, start=31)), cast.founders[4]]
    rows = _hand_in_all(call, applicants[:5], OPEN, today)
    with at(moment(today - timedelta(days=1), 15)):
        confirm_eligible(by=cast.staff, application=rows[0])
        return_for_correction(
            by=cast.staff,
            application=rows[1],
            flaws=[
                {"field": "", "text": "사업계획서 3쪽이 보이지 않아요. 다시 올려 주세요."},
                {"field": "", "text": "팀원의 역할을 적어 주세요."},
            ],
            due_at=moment(today + timedelta(days=4), 18),
        )
        apply(by=applicants[5], call=call, plan=plan_for(3), draft=True)
