"""The evaluator's pages: declaring, scoring, confirming, and nothing about who applied."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from core.privacy.models import AccessLog
from incubator import services
from incubator.models import Review
from tests.incubator import factories as make
from tests.incubator.visits import page, post

pytestmark = pytest.mark.django_db


# ── evaluating ──────────────────────────────────────────────────────────────
def test_nothing_is_read_before_the_declaration(client):
    review = make.review_in("assigned")
    client.force_login(review.evaluator)
    assert page(client, "review_score", review.pk).url == reverse("review_declare", args=[review.pk])
    assert page(client, "review_file", review.pk, 1).status_code == 403
    assert make.TEXTS["problem"] not in page(client, "review_declare", review.pk).content.decode()
    response = post(client, "review_declare", review.pk, version=review.version, no_conflict="on")
    assert response.url == reverse("review_score", args=[review.pk])


def test_stepping_back_closes_the_review(client):
    review = make.review_in("declared")
    client.force_login(review.evaluator)
    post(client, "review_recuse", review.pk, version=review.version, reason="전 직장 동료입니다.")
    review.refresh_from_db()
    assert (review.state, review.conflict_reason) == ("recused", "전 직장 동료입니다.")
    assert page(client, "review_score", review.pk).status_code == 404


def test_scores_are_saved_one_by_one_and_add_up(client):
    review = make.review_in("declared")
    client.force_login(review.evaluator)
    first, second = review.stage.rubric.criteria.all()[:2]
    names = {f"score-{first.pk}": 4, f"score-{second.pk}": 5}
    for name, score in names.items():
        answer = post(client, "review_autosave", review.pk, **{name: score}, changed=[name]).json()
    assert (answer["total"], answer["missing"]) == ("50.0", 2)
    html = page(client, "review_score", review.pk).content.decode()
    assert "50.0" in html
    wrong = post(client, "review_autosave", review.pk, **{f"score-{first.pk}": 6}, changed=["x"])
    assert wrong.status_code == 422


def test_the_last_save_is_always_told_with_its_day_once_it_is_past(client):
    with time_machine.travel("2026-11-23T16:00:00+09:00", tick=False) as clocks:
        review = make.review_in("declared")
        client.force_login(review.evaluator)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert "Nothing saved yet" in page(client, "review_score", review.pk).content.decode()
        post(client, "review_autosave", review.pk, comment="x", changed=["comment"])
        assert "Draft saved 16:00:00" in page(client, "review_score", review.pk).content.decode()
        clocks.shift(timedelta(days=1))
        client.force_login(review.evaluator)
        assert "Draft saved 23 Nov 16:00" in page(client, "review_score", review.pk).content.decode()


def test_confirming_needs_every_score_and_locks(client):
    review = make.review_in("declared")
    client.force_login(review.evaluator)
    data = {f"score-{criterion.pk}": 3 for criterion in review.stage.rubric.criteria.all()}
    part = dict(list(data.items())[:2])
    assert post(client, "review_submit", review.pk, version=review.version, **part).status_code == 422
    first, second = (
        post(client, "review_submit", review.pk, version=review.version, **data) for _ in range(2)
    )
    assert first.url == second.url == reverse("mentor_reviews")
    assert Review.objects.get(pk=review.pk).total == 60
    assert post(client, "review_autosave", review.pk, changed=["comment"], comment="x").status_code == 409


def test_an_attachment_comes_without_its_name_and_is_noted(client):
    review = make.review_in("declared")
    client.force_login(review.evaluator)
    response = page(client, "review_file", review.pk, 1)
    assert b"".join(response.streaming_content) == make.PDF
    assert "attachment-1.pdf" in response["Content-Disposition"]
    assert AccessLog.objects.filter(by=review.evaluator, action="download").exists()
    assert page(client, "review_file", review.pk, 9).status_code == 404
    key = review.application.versions.first().content["documents"][0]["key"]
    assert page(client, "document_download", key).status_code == 404


def test_no_page_of_the_evaluator_names_the_applicant(client):
    by = make.UserFactory(name="홍길동전", email="secret@example.com")
    evaluator = make.mentor()
    application = make.in_review(applicant=by, mentors=[evaluator])
    client.force_login(evaluator)
    review = application.reviews.get()
    pages = [page(client, "mentor_reviews"), page(client, "review_declare", review.pk)]
    services.declare_no_conflict(by=evaluator, review=review)
    pages.append(page(client, "review_score", review.pk))
    for response in pages:
        html = response.content.decode()
        assert "홍길동전" not in html
        assert "secret@" not in html
        assert "계획서.pdf" not in html


def test_the_list_of_reviews_needs_the_same_queries_for_3_and_30(client, django_assert_max_num_queries):
    evaluator, call = make.mentor(), make.CallFactory()
    client.force_login(evaluator)
    for _ in range(3):
        make.in_review(call, mentors=[evaluator])
    page(client, "mentor_reviews")
    with django_assert_max_num_queries(20) as few:
        page(client, "mentor_reviews")
    for _ in range(27):
        make.in_review(call, mentors=[evaluator])
    with assertNumQueries(len(few)):
        page(client, "mentor_reviews")
