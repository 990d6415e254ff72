"""Wrong person, wrong moment, twice at once: what a stranger would try."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.accounts.roles import Role
from core.errors import NotAllowed, NotNow
from core.workflow.perform import perform
from incubator import services
from incubator.models import Application, BonusClaim, Review, ReviewScore
from incubator.queries.journey import next_action
from incubator.queries.office import stages_to_decide
from incubator.queries.reviews import blind_plan
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


def state(application):
    return Application.objects.get(pk=application.pk).state


# ── who ─────────────────────────────────────────────────────────────────────
def test_nobody_assigns_evaluators_to_an_application_of_their_own():
    applicant = make.UserFactory()
    application = make.in_review(applicant=applicant)
    applicant.groups.add(make.Group.objects.get(name=Role.PROGRAMME_STAFF))
    applicant = type(applicant).objects.get(pk=applicant.pk)
    with pytest.raises(NotAllowed):
        services.assign_mentors(
            by=applicant, stage=application.stage, applications=[application], mentors=[make.mentor()]
        )
    assert application.reviews.count() == 3


def test_the_sector_does_not_tell_who_applies():
    applicant = make.UserFactory(name="홍길동전")
    application = make.draft(applicant=applicant)
    services.save_draft(by=applicant, application=application, fields={"sector": "홍길동전의 식품"})
    submitted = services.submit_application(by=applicant, application=application)
    services.confirm_eligible(by=make.staff(), application=submitted)
    [review] = services.assign_mentors(
        by=make.staff(),
        stage=application.call.stages.get(),
        applications=[application],
        mentors=[make.mentor()],
    )
    assert "홍길동전" not in blind_plan(review).sector


# ── which state ─────────────────────────────────────────────────────────────
def test_a_stage_waits_for_decision_though_a_withdrawn_application_has_open_reviews():
    call = make.CallFactory()
    make.scored(call)
    leaving = make.in_review(call)
    assert not stages_to_decide().exists()
    services.withdraw_application(by=leaving.applicant, application=leaving)
    assert list(stages_to_decide()) == [call.stages.get()]


def test_what_was_scored_does_not_count_for_another_text():
    """Withdrawn while it was evaluated, it is not taken up again: its scores were for the old text."""
    application = make.scored()
    withdrawn = services.withdraw_application(by=application.applicant, application=application)
    with pytest.raises(NotNow):
        services.start_application(by=application.applicant, call=application.call)
    assert state(withdrawn) == "withdrawn"


def test_a_call_is_not_archived_while_somebody_may_still_sign():
    application = make.decided()
    with pytest.raises(NotNow):
        services.archive_call(by=make.staff(), call=application.call)
    services.sign_agreement(
        by=application.applicant,
        application=application,
        text=application.call.agreement_texts.first(),
        typed_name=application.applicant.name,
    )
    assert services.archive_call(by=make.staff(), call=application.call).state == "archived"


# ── twice, and too late ─────────────────────────────────────────────────────
def test_a_stale_page_of_a_review_changes_no_score(client):
    review = make.review_in("submitted")
    before = review.version - 1
    services.reopen_review(by=make.staff(), review=review, reason="오입력")
    client.force_login(review.evaluator)
    criteria = review.stage.rubric.criteria.all()
    data = {f"score-{criterion.pk}": 1 for criterion in criteria} | {"version": before}
    assert client.post(reverse("review_submit", args=[review.pk]), data).status_code == 409
    assert set(ReviewScore.objects.filter(review=review).values_list("score", flat=True)) == {4}
    assert Review.objects.get(pk=review.pk).state == "declared"


def test_a_review_of_a_decided_stage_is_shown_locked(client):
    application = make.in_review()
    review = application.reviews.first()
    services.declare_no_conflict(by=review.evaluator, review=review)
    for other in application.reviews.exclude(pk=review.pk):
        make.confirm(other, 4)
    make.close(application.call)
    services.decide_stage(
        by=make.staff(), stage=application.stage, selected_ids=[application.pk], reason="위원회 결정"
    )
    client.force_login(review.evaluator)
    assert client.get(reverse("review_score", args=[review.pk])).context["locked"]


@pytest.mark.parametrize("granted", ["", "maybe"])
def test_bonus_points_are_refused_only_by_saying_no(client, granted):
    application = make.submitted()
    claim = BonusClaim.objects.create(application=application, rule=application.call.bonus_rules.get())
    client.force_login(make.staff())
    response = client.post(reverse("incubator_bonus", args=[claim.pk]), {"granted": granted})
    assert response.status_code == 400
    claim.refresh_from_db()
    assert claim.granted is None


def test_who_is_late_is_not_asked_to_correct_or_sign():
    returned, selected = make.returned(), make.decided()
    assert next_action(returned).url
    assert next_action(selected).url
    with time_machine.travel(selected.agreement_due_on + timedelta(days=1)):
        assert not next_action(returned).url
        assert not next_action(selected).url


def test_a_refusal_looks_at_the_application_as_it_is_now():
    seen = make.submitted()
    services.return_for_correction(
        by=make.staff(), application=seen, flaws=[{"field": "", "text": "서류가 없습니다."}]
    )
    with pytest.raises(NotNow):  # the copy in hand still says that it was handed in
        services.refuse_ineligible(by=make.staff(), application=seen, reason="서류 미비")


# ── midnight, 29 February ───────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("now", "in_time"),
    [("2028-02-29T23:59:59.999+09:00", True), ("2028-03-01T00:00:00+09:00", False)],
)
def test_the_agreement_is_signed_until_midnight_of_its_last_day(now, in_time):
    application = make.decided()
    Application.objects.filter(pk=application.pk).update(agreement_due_on="2028-02-29")
    application.refresh_from_db()
    with time_machine.travel(now, tick=False):
        kwargs = {
            "by": application.applicant,
            "application": application,
            "text": application.call.agreement_texts.first(),
            "typed_name": application.applicant.name,
        }
        if in_time:
            services.sign_agreement(**kwargs)
        else:
            with pytest.raises(NotNow):
                services.sign_agreement(**kwargs)


@pytest.mark.parametrize(("today", "old_enough"), [("2027-02-28", False), ("2027-03-01", True)])
def test_who_was_born_on_29_february_comes_of_age_on_the_first_of_march(today, old_enough):
    with time_machine.travel(f"{today}T10:00:00+09:00", tick=False):
        applicant = make.UserFactory(birth_date="2008-02-29")
        application = make.draft(make.CallFactory(min_age=19), applicant)
        applicant.refresh_from_db()
        application.refresh_from_db()
        if old_enough:
            services.submit_application(by=applicant, application=application)
        else:
            with pytest.raises(ValidationError):
                services.submit_application(by=applicant, application=application)


def test_the_closing_moment_itself_is_too_late():
    application = make.draft()
    with time_machine.travel(application.call.closes_at, tick=False), pytest.raises(NotNow):
        services.submit_application(by=application.applicant, application=application)
    with pytest.raises(NotNow):
        perform(application, "decline", by=application.applicant)
