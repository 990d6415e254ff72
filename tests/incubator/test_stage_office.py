"""Evaluators on the page of a stage: taken out with a reason, a review handed back, nothing after the decision."""

import pytest
from django.urls import reverse

from incubator import services
from incubator.models import Review
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    call = make.CallFactory(places=1, stages=[("document", 1)])
    row = make.scored(call, scores=(5, 4, 3))
    make.close(call)
    return row


@pytest.fixture
def staff(client):
    client.force_login(make.staff())
    return client


def press(client, application, action, **fields):
    stage = application.stage
    url = reverse("incubator_stages:act", args=(stage.pk, action))
    return client.post(url, {"version": stage.version, **fields})


def test_a_challenged_evaluator_is_out_and_no_longer_counts(staff, application):
    review = application.reviews.order_by("pk").first()
    answer = press(staff, application, "exclude", review=review.pk, reason="신청인의 기피 신청을 받아들임")
    assert answer.status_code == 302
    review.refresh_from_db()
    assert (review.state, review.conflict_reason) == (Review.State.RECUSED, "신청인의 기피 신청을 받아들임")
    assert review.history().first().by == make.staff()
    assert press(staff, application, "exclude", review=review.pk, reason="두 번").status_code == 422


def test_a_confirmed_review_is_handed_back(staff, application):
    review = application.reviews.order_by("pk").first()
    assert press(staff, application, "reopen", review=review.pk, reason="점수를 잘못 적음").status_code == 302
    review.refresh_from_db()
    assert (review.state, review.total) == (Review.State.DECLARED, None)
    assert press(staff, application, "reopen", review=review.pk, reason="두 번").status_code == 422


@pytest.mark.parametrize("action", ["exclude", "reopen"])
def test_a_reason_and_a_review_of_this_stage_are_asked_for(staff, application, action):
    elsewhere = make.scored(make.CallFactory(stages=[("document", 1)]), scores=(5, 4, 3)).reviews.first()
    mine = application.reviews.first()
    assert press(staff, application, action, review=mine.pk, reason=" ").status_code == 422
    assert press(staff, application, action, review=elsewhere.pk, reason="다른 단계").status_code == 422
    assert not Review.objects.exclude(state=Review.State.SUBMITTED).exists()


def test_nothing_is_changed_after_the_decision(staff, application):
    review = application.reviews.first()
    stage = application.stage
    services.decide_stage(
        by=make.staff(), stage=stage, selected_ids=[application.pk], waitlisted_ids=[], reason=""
    )
    for action in ("exclude", "reopen"):
        assert press(staff, application, action, review=review.pk, reason="늦음").status_code == 409
    assert not Review.objects.exclude(state=Review.State.SUBMITTED).exists()
