"""Evaluators on the page of a stage: taken out with a reason, a review handed back, nothing after the decision."""

import pytest
from django.urls import reverse

from incubator import services
from incubator.models import Review
from incubator.office.stage_forms import ExcludeForm, ReopenForm
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
    again = press(staff, application, "exclude", review=review.pk, reason="두 번")
    assert again.status_code == 409
    assert "신청인의 기피 신청을 받아들임" in again.content.decode()
    assert make.staff().name in again.content.decode()


def test_a_confirmed_review_is_handed_back(staff, application):
    review = application.reviews.order_by("pk").first()
    assert press(staff, application, "reopen", review=review.pk, reason="점수를 잘못 적음").status_code == 302
    review.refresh_from_db()
    assert (review.state, review.total) == (Review.State.DECLARED, None)
    again = press(staff, application, "reopen", review=review.pk, reason="두 번")
    assert again.status_code == 409
    assert "점수를 잘못 적음" in again.content.decode()


@pytest.mark.parametrize("action", ["exclude", "reopen"])
def test_only_reviews_that_stand_are_offered(staff, application, action):
    out, handed_back, confirmed = application.reviews.order_by("pk")
    services.exclude_evaluator(by=make.staff(), review=out, reason="기피")
    services.reopen_review(by=make.staff(), review=handed_back, reason="다시")
    form = {"exclude": ExcludeForm, "reopen": ReopenForm}[action](obj=application.stage, user=make.staff())
    offered = {"exclude": {handed_back.pk, confirmed.pk}, "reopen": {confirmed.pk}}[action]
    assert {value for value, _label in form.fields["review"].widget.choices} == {"", *offered}


@pytest.mark.parametrize("action", ["exclude", "reopen"])
def test_a_review_of_an_application_that_has_left_the_stage_is_left_alone(staff, action):
    call = make.CallFactory(stages=[("document", 1)])
    gone, application = (make.scored(call, scores=(5,)) for _ in range(2))
    review = gone.reviews.get()
    services.withdraw_application(by=gone.applicant, application=gone)
    assert press(staff, application, action, review=review.pk, reason="늦음").status_code == 409
    review.refresh_from_db()
    assert review.state == Review.State.SUBMITTED


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


def test_what_not_all_have_read_is_not_refused_by_a_click(staff, application):
    """The page proposes no outcome where reviews are missing, and does not take its silence for a no."""
    stage = application.stage
    services.assign_mentors(by=make.staff(), stage=stage, applications=[application], mentors=[make.mentor()])
    page = staff.get(reverse("incubator_stages:inspect", args=[stage.pk]))
    form = next(item["form"] for item in page.context["open_actions"] if item["action"].name == "decide")
    field = form[f"outcome_{application.pk}"]
    assert field.value() == ""
    sent = {"version": form["version"].value(), field.name: field.value(), "reason": "위원회 결정"}
    answer = staff.post(reverse("incubator_stages:act", args=(stage.pk, "decide")), sent)
    assert answer.status_code == 422
    assert "평가가 부족한 신청이에요" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == "in_review"


def test_another_evaluator_makes_the_page_of_the_stage_too_old(staff, application):
    drawn = application.stage.version
    newcomer = make.mentor()
    services.assign_mentors(
        by=make.staff(), stage=application.stage, applications=[application], mentors=[newcomer]
    )
    data = {"version": drawn, f"outcome_{application.pk}": "select", "reason": "그래도"}
    answer = staff.post(reverse("incubator_stages:act", args=(application.stage_id, "decide")), data)
    assert answer.status_code == 409
    assert newcomer.name in answer.content.decode()
    assert f"{application.receipt_number} · {Review.State.ASSIGNED.label}" in answer.content.decode()
    application.refresh_from_db()
    assert application.stage.decided_at is None
