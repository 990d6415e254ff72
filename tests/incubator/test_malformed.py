"""What no page of ours sends, but anybody can: it is answered, never a 500."""

import json

import pytest
from django.urls import reverse

from incubator.models import BonusClaim, Review
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db
WRONG = ["²", "9" * 5000, "-1", "x", ""]


@pytest.mark.parametrize("typed", WRONG)
def test_a_score_that_is_no_number_is_shown_again(client, typed):
    review = make.review_in("declared")
    client.force_login(review.evaluator)
    criterion = review.stage.rubric.criteria.first()
    response = client.post(
        reverse("review_submit", args=[review.pk]),
        {f"score-{criterion.pk}": typed, "version": review.version},
    )
    assert response.status_code == 422
    assert Review.objects.get(pk=review.pk).state == "declared"


@pytest.mark.parametrize("version", WRONG)
def test_a_version_that_is_no_number_is_stale(client, version):
    application = make.submitted()
    client.force_login(application.applicant)
    url = reverse("application_withdraw", args=[application.pk])
    assert client.post(url, {"version": version}).status_code == 409


@pytest.mark.parametrize("text", WRONG)
def test_an_agreement_that_is_no_number_is_not_found(client, text):
    application = make.decided()
    client.force_login(application.applicant)
    data = {"typed_name": application.applicant.name, "read": "on", "text": text}
    assert client.post(reverse("agreement", args=[application.pk]), data).status_code == 404


@pytest.mark.parametrize("seen", ['{"title": "x"}', '{"title": null}', '{"title": 1e999}', "[]", "1"])
def test_marks_that_are_no_numbers_are_left_out(client, seen):
    application = make.draft()
    client.force_login(application.applicant)
    url = reverse("application_edit", args=[application.pk, "team"])
    assert client.post(url, {"team_text": "새 글", "seen": seen}).status_code in {302, 422}


def test_a_nul_is_left_out(client):
    application = make.draft()
    client.force_login(application.applicant)
    data = {"title": "제\x00목", "changed": ["title"], "seen": json.dumps(application.marks)}
    assert client.post(reverse("application_autosave", args=[application.pk]), data).status_code == 200
    application.refresh_from_db()
    assert application.title == "제목"


ENDLESS = ["9" * 5000, '{"title": ' + "9" * 5000 + "}", "[" * 100_000, "[" * 900 + "]" * 900]


@pytest.mark.parametrize("seen", ENDLESS)
def test_marks_without_end_are_wrong_input(client, seen):
    application = make.draft()
    client.force_login(application.applicant)
    url = reverse("application_edit", args=[application.pk, "team"])
    assert client.post(url, {"team_text": "새 글", "seen": seen}).status_code in {302, 422}
    data = {"team_text": "새 글", "changed": ["team_text"], "seen": seen}
    answer = client.post(reverse("application_autosave", args=[application.pk]), data)
    assert answer.status_code < 500


@pytest.mark.parametrize("typed", ENDLESS)
def test_meanings_without_end_are_wrong_input(client, typed):
    criterion = make.CallFactory(published=False).stages.get().rubric.criteria.first()
    client.force_login(make.staff())
    data = {"descriptors": typed, "version": criterion.rubric.version}
    answer = client.post(reverse("incubator_criteria:edit", args=[criterion.pk]), data)
    assert "descriptors" in answer.context["form"].errors


@pytest.mark.parametrize("granted", ["", "maybe"])
def test_an_answer_to_bonus_points_that_is_none_gets_a_page(client, granted):
    application = make.submitted()
    claim = BonusClaim.objects.create(application=application, rule=application.call.bonus_rules.get())
    client.force_login(make.staff())
    answer = client.post(reverse("incubator_bonus", args=[claim.pk]), {"granted": granted})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.granted is None
