"""Evaluating and selecting: conflicts, blindness, the ranking, places, the waiting list, the agreement."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, NotNow
from core.notices.models import Notice
from incubator import services
from incubator.models import Application, BonusClaim, StageResult
from incubator.queries.reviews import blind_plan, open_reviews_for
from incubator.queries.selection import stage_ranking
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


def decide(stage, selected, waitlisted=(), reason=""):
    return services.decide_stage(
        by=make.staff(),
        stage=stage,
        selected_ids=[row.pk for row in selected],
        waitlisted_ids=[row.pk for row in waitlisted],
        reason=reason,
    )


def state(application):
    return Application.objects.get(pk=application.pk).state


# ── conflicts ───────────────────────────────────────────────────────────────
def _own_application():
    by = make.mentor()
    return make.eligible(applicant=by), by


def _same_business():
    application, by = make.eligible(), make.mentor()
    business = make.own(make.BusinessFactory(), application.applicant)
    make.own(business, by)
    return application, by


def _team_by_email():
    application, by = make.draft(), make.mentor()
    services.add_member(
        by=application.applicant,
        application=application,
        member=services.Member("다른 이름", "개발", email=by.email.upper()),
    )
    return _check(application), by


def _team_by_name():
    application, by = make.draft(), make.mentor(name="데모이름")
    services.add_member(
        by=application.applicant, application=application, member=services.Member("데모이름", "개발")
    )
    return _check(application), by


def _not_a_mentor():
    return make.eligible(), make.UserFactory()


def _check(application):
    submitted = services.submit_application(by=application.applicant, application=application)
    return services.confirm_eligible(by=make.staff(), application=submitted)


@pytest.mark.parametrize(
    "case", [_own_application, _same_business, _team_by_email, _team_by_name, _not_a_mentor]
)
def test_who_is_barred_is_not_assigned(case):
    application, by = case()
    with pytest.raises(ValidationError):
        services.assign_mentors(
            by=make.staff(),
            stage=application.call.stages.first(),
            applications=[application],
            mentors=[make.mentor(), by],
        )
    assert not application.reviews.exists()
    assert state(application) == "eligible"


def test_assigning_again_changes_nothing_and_tells_once():
    application = make.in_review()
    review = application.reviews.first()
    created = services.assign_mentors(
        by=make.staff(), stage=review.stage, applications=[application], mentors=[review.evaluator]
    )
    assert created == []
    assert Notice.objects.filter(recipient=review.evaluator).count() == 1


def test_scores_wait_for_the_declaration():
    review = make.review_in("assigned")
    criterion = review.stage.rubric.criteria.first()
    with pytest.raises(NotNow):
        services.save_scores(
            by=review.evaluator, review=review, scores={criterion.pk: services.ScoreInput(score=3)}
        )


def test_a_confirmed_review_is_locked_until_staff_reopen_it():
    review = make.review_in("submitted")
    criterion = review.stage.rubric.criteria.first()
    score = {criterion.pk: services.ScoreInput(score=1)}
    with pytest.raises(NotNow):
        services.save_scores(by=review.evaluator, review=review, scores=score)
    review = services.reopen_review(by=make.staff(), review=review, reason="오입력")
    assert services.save_scores(by=review.evaluator, review=review, scores=score).total == Decimal("65.00")


def test_a_review_is_confirmed_only_when_every_criterion_is_scored():
    review = make.review_in("declared")
    with pytest.raises(ValidationError) as refused:
        services.submit_review(by=review.evaluator, review=review)
    assert len(refused.value.messages) == 4


def test_another_evaluators_review_is_out_of_reach():
    review = make.review_in("declared")
    with pytest.raises(NotAllowed):
        services.save_scores(by=make.mentor(), review=review, scores={})


def test_nothing_is_scored_for_a_withdrawn_application():
    review = make.review_in("declared")
    application = review.application
    services.withdraw_application(by=application.applicant, application=application)
    assert not open_reviews_for(review.evaluator).exists()
    with pytest.raises(NotNow):
        services.save_scores(by=review.evaluator, review=review, scores={})


# ── blindness ───────────────────────────────────────────────────────────────
def test_the_plan_tells_nothing_about_the_applicant():
    by = make.UserFactory(name="홍길동", email="hong@example.com", phone="010-1234-5678")
    business = make.own(make.BusinessFactory(name="데모 주식회사", representative="홍길동"), by)
    application = make.draft(applicant=by)
    assert application.business == business
    services.save_draft(
        by=by,
        application=application,
        fields={
            "title": "홍길동의 데모 주식회사",
            "problem": f"홍길동입니다. hong@example.com, 010-1234-5678, {business.registration_number}",
            "team_text": "저 홍길동과 김철수가 합니다.",
        },
    )
    services.add_member(
        by=by, application=application, member=services.Member("김철수", "개발", "김철수 경력")
    )
    application = _check(application)
    review = services.assign_mentors(
        by=make.staff(),
        stage=application.call.stages.first(),
        applications=[application],
        mentors=[make.mentor()],
    )[0]
    plan = blind_plan(open_reviews_for(review.evaluator).get())
    shown = repr(plan)
    for secret in (
        "홍길동",
        "김철수",
        "hong@",
        "010-1234",
        business.registration_number,
        "데모 주식회사",
        "계획서.pdf",
    ):
        assert secret not in shown, secret
    assert plan.files[0].download_name == "attachment-1.pdf"


def test_evaluators_read_the_frozen_version():
    application = make.in_review()
    Application.objects.filter(pk=application.pk).update(problem="나중에 바뀐 글")
    plan = blind_plan(application.reviews.first())
    assert plan.sections[0][1] == make.TEXTS["problem"]


# ── the ranking and the decision ────────────────────────────────────────────
def test_the_ranking_drops_one_high_and_one_low_from_five_evaluators_on():
    application = make.scored(scores=(1, 4, 4, 4, 5))
    row = stage_ranking(application.stage).rows[0]
    assert (row.score, row.submitted, row.missing) == (Decimal("80.00"), 5, 0)


def test_bonus_points_add_to_the_total_but_not_to_the_cut_off():
    application = make.scored(scores=(3, 3, 3))
    stage = application.stage
    claim = BonusClaim.objects.create(application=application, rule=application.call.bonus_rules.get())
    assert stage_ranking(stage).rows[0].bonus == 0
    services.decide_bonus(by=make.staff(), claim=claim, granted=True)
    row = stage_ranking(stage).rows[0]
    assert (row.score, row.bonus, row.total, row.passes) == (Decimal(60), Decimal(3), Decimal(63), True)
    stage.cut_off = Decimal("60.01")
    stage.save()
    assert not stage_ranking(stage).rows[0].passes


def test_ties_are_broken_by_the_announced_criteria():
    call = make.CallFactory()
    first, second = make.in_review(call), make.in_review(call)
    for application, scores in ((first, [4, 4, 4, 4]), (second, [5, 4, 3, 4])):
        for review in application.reviews.all():
            make.confirm(review, scores)
    rows = stage_ranking(call.stages.get()).rows
    assert rows[0].total == rows[1].total
    assert [row.application for row in rows] == [second, first]
    assert [row.rank for row in rows] == [1, 2]


def test_the_final_decision_freezes_and_moves_everybody_on():
    call = make.CallFactory(places=1, stages=[("document", 1)])
    best, next_one, worst = (make.scored(call, scores=(s,) * 3) for s in (5, 4, 1))
    make.close(call)
    decide(call.stages.get(), [best], [next_one])
    assert [state(row) for row in (best, next_one, worst)] == ["selected", "waitlisted", "rejected"]
    results = StageResult.objects.order_by("rank")
    assert [(row.rank, row.total, row.passed) for row in results] == [
        (1, Decimal(100), True),
        (2, Decimal(80), False),
        (3, Decimal(20), False),
    ]
    call.refresh_from_db()
    assert call.state == "announced"
    with pytest.raises(NotNow):
        decide(call.stages.get(), [next_one])


def test_a_stage_before_the_last_passes_on_to_the_next():
    call = make.CallFactory(stages=[("document", 2), ("committee", 1)])
    first, second = make.scored(call, scores=(5, 5, 5)), make.scored(call, scores=(4, 4, 4))
    make.close(call)
    document, committee = call.stages.all()
    decide(document, [first, second])
    assert state(first) == "in_review"
    rows = stage_ranking(committee).rows
    assert [(row.application, row.rank) for row in rows] == [(first, 1), (second, 2)]
    decide(committee, [first], [second])
    assert [state(row) for row in (first, second)] == ["selected", "waitlisted"]


@pytest.mark.parametrize(
    ("problem", "reason_helps"),
    [
        ("open", False),
        ("missing", True),
        ("too many", False),
        ("cut-off", False),
        ("unchecked", False),
        ("better", True),
        ("stranger", False),
        ("twice", False),
    ],
)
def test_a_decision_is_refused(problem, reason_helps):
    call = make.CallFactory(places=1, stages=[("document", 1)])
    best, other, low = (make.scored(call, scores=(s,) * 3) for s in (5, 4, 2))
    chosen, waitlisted = {
        "too many": ([best, other], []),
        "cut-off": ([best], [low]),
        "better": ([other], []),
        "stranger": ([best, make.draft()], []),
        "twice": ([best], [best]),
    }.get(problem, ([best], []))
    if problem == "missing":
        make.in_review(call)
    if problem == "unchecked":
        make.submitted(call)
    if problem != "open":
        make.close(call)
    stage = call.stages.get()
    with pytest.raises((ValidationError, NotNow)):
        decide(stage, chosen, waitlisted)
    stage.refresh_from_db()
    assert stage.decided_at is None
    assert state(best) == "in_review"
    if reason_helps:
        decide(stage, chosen, waitlisted, reason="위원회 결정")
    else:
        with pytest.raises((ValidationError, NotNow)):
            decide(stage, chosen, waitlisted, reason="위원회 결정")


@pytest.mark.parametrize("leaving", ["decline", "withdraw", "lapse"])
def test_the_waiting_list_moves_up_in_its_order(leaving):
    call = make.CallFactory(places=1, stages=[("document", 1)])
    best, second, third = (make.scored(call, scores=(s,) * 3) for s in (5, 4, 4))
    make.close(call)
    decide(call.stages.get(), [best], [third, second])
    best.refresh_from_db()
    if leaving == "lapse":
        with pytest.raises(NotNow):
            services.lapse_place(by=make.staff(), application=best)
        with time_machine.travel(best.agreement_due_on + timedelta(days=1)):
            services.lapse_place(by=make.staff(), application=best)
    elif leaving == "decline":
        services.decline_place(by=best.applicant, application=best)
    else:
        services.withdraw_application(by=best.applicant, application=best)
    assert [state(row) for row in (third, second)] == ["selected", "waitlisted"]
    change = Application.objects.get(pk=third.pk).history().first()
    assert (change.transition, change.by) == ("promote", None)


# ── the agreement ───────────────────────────────────────────────────────────
def sign(application, name, text=None):
    return services.sign_agreement(
        by=application.applicant,
        application=application,
        text=text or application.call.agreement_texts.first(),
        typed_name=name,
    )


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [("홍길동", True), (" 홍길동 ", True), ("홍길둥", False), ("", False), ("홍길", False)],
)
def test_the_typed_name_must_be_the_applicants(typed, accepted):
    application = make.decided(applicant=make.UserFactory(name="홍길동"))
    if accepted:
        agreement = sign(application, typed)
        assert (agreement.signed_name, agreement.text.version) == ("홍길동", 1)
        assert len(agreement.text_sha256) == 64
        assert state(application) == "participating"
    else:
        with pytest.raises(ValidationError):
            sign(application, typed)
        assert state(application) == "selected"


def test_an_old_text_can_not_be_signed():
    application = make.decided()
    old = application.call.agreement_texts.first()
    application.call.agreement_texts.create(version=2, body="새 문안")
    with pytest.raises(ValidationError):
        sign(application, application.applicant.name, old)


def test_the_agreement_is_signed_once_and_in_time():
    application = make.decided()
    with time_machine.travel(application.agreement_due_on + timedelta(days=1)), pytest.raises(NotNow):
        sign(application, application.applicant.name)
    signed = sign(application, application.applicant.name)
    with pytest.raises(NotNow):
        sign(application, application.applicant.name)
    with pytest.raises(TypeError):
        signed.save()
