"""A ranking that has changed since the page was drawn is not decided."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.errors import Stale
from incubator import services
from incubator.models import Application, BonusClaim, Review, Stage
from incubator.queries.selection import stage_ranking
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    call = make.CallFactory(places=2, stages=[("document", 2)])
    best, other = (make.scored(call, scores=(score,) * 3) for score in (5, 4))
    BonusClaim.objects.create(application=other, rule=call.bonus_rules.get())
    make.close(call)
    return best, other


def withdraw(application):
    services.withdraw_application(by=application.applicant, application=application)


def reopen(application):
    services.reopen_review(by=make.staff(), review=application.reviews.first(), reason="오입력")


def exclude(application):
    services.exclude_evaluator(by=make.staff(), review=application.reviews.first(), reason="기피 신청")


def grant(application):
    services.decide_bonus(by=make.staff(), claim=application.bonus_claims.get(), granted=True)


def refuse_again(application):
    for granted in (True, False):
        services.decide_bonus(by=make.staff(), claim=application.bonus_claims.get(), granted=granted)


@pytest.mark.parametrize("change", [withdraw, reopen, exclude, grant, refuse_again])
def test_a_ranking_page_that_is_too_old_is_told_what_changed(client, two, change):
    best, other = two
    stage = best.stage
    client.force_login(make.staff())
    form = next(
        item["form"]
        for item in client.get(reverse("incubator_stages:inspect", args=[stage.pk])).context["open_actions"]
        if item["action"].name == "decide"
    )
    assert form["version"].value() == stage.version
    data = {
        "version": form["version"].value(),
        "reason": "위원회 결정",
        f"outcome_{best.pk}": "select",
        f"outcome_{other.pk}": "select",
    }
    change(other)
    response = client.post(reverse("incubator_stages:act", args=[stage.pk, "decide"]), data)
    assert response.status_code == 409
    assert other.receipt_number in response.content.decode()
    assert Stage.objects.get(pk=stage.pk).decided_at is None
    assert Application.objects.get(pk=best.pk).state == "in_review"


def test_a_fresh_page_decides(client, two):
    best, other = two
    client.force_login(make.staff())
    data = {"version": best.stage.version, f"outcome_{best.pk}": "select", f"outcome_{other.pk}": "select"}
    response = client.post(reverse("incubator_stages:act", args=[best.stage.pk, "decide"]), data)
    assert response.status_code == 302


def test_deciding_twice_tells_that_it_is_decided(client, two):
    best, other = two
    stage = best.stage
    client.force_login(make.staff())
    data = {"version": stage.version, f"outcome_{best.pk}": "select", f"outcome_{other.pk}": "select"}
    url = reverse("incubator_stages:act", args=[stage.pk, "decide"])
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 409]
    assert make.staff().name in client.post(url, data).content.decode()


@pytest.mark.parametrize("version", ["", "x", "²"])
def test_a_decision_without_a_version_decides_nothing(client, two, version):
    best, other = two
    client.force_login(make.staff())
    data = {"version": version, f"outcome_{best.pk}": "select", f"outcome_{other.pk}": "select"}
    response = client.post(reverse("incubator_stages:act", args=[best.stage.pk, "decide"]), data)
    assert response.status_code == 422
    assert Application.objects.get(pk=best.pk).state == "in_review"


def test_the_service_compares_under_its_lock(two):
    best, other = two
    with pytest.raises(Stale) as refused:
        services.decide_stage(
            by=make.staff(), stage=best.stage, selected_ids=[best.pk, other.pk], expected_version=0
        )
    assert 0 < len(refused.value.changes) <= 20


def test_assigning_the_same_again_leaves_the_version(two):
    best, _other = two
    before = best.stage.version
    evaluators = [review.evaluator for review in best.reviews.all()]
    services.assign_mentors(by=make.staff(), stage=best.stage, applications=[best], mentors=evaluators)
    assert Stage.objects.get(pk=best.stage_id).version == before


# ── the proposal ────────────────────────────────────────────────────────────
def test_who_is_below_the_cut_off_takes_nobodys_place():
    """Bonus points lift a score of 59 above one of 60, but not over the cut-off."""
    call = make.CallFactory(places=2, stages=[("document", 2)])
    low = make.in_review(call)
    for review in low.reviews.all():
        make.confirm(review, [2, 3, 3, 4])  # 59
    good = [make.scored(call, scores=(3, 3, 3)) for _ in range(2)]
    claim = BonusClaim.objects.create(application=low, rule=call.bonus_rules.get())
    services.decide_bonus(by=make.staff(), claim=claim, granted=True)
    rows = {row.application: row for row in stage_ranking(call.stages.get()).rows}
    assert rows[low].rank == 1
    assert [rows[row].within_places for row in (low, *good)] == [False, True, True]


def test_ranks_after_a_tie_go_on_counting_in_the_committee():
    call = make.CallFactory(places=3, stages=[("document", 5), ("committee", 3)])
    first, gone, *tied = (make.scored(call, scores=(score,) * 3) for score in (5, 5, 4, 4))
    last = make.scored(call, scores=(3, 3, 3))
    make.close(call)
    document, committee = call.stages.all()
    services.decide_stage(
        by=make.staff(),
        stage=document,
        selected_ids=[row.pk for row in (first, gone, *tied, last)],
    )
    services.withdraw_application(by=gone.applicant, application=gone)
    ranks = [row.rank for row in stage_ranking(committee).rows]
    assert ranks == [1, 2, 2, 4]
    with pytest.raises(ValidationError):  # the tied are better than the last: a reason is needed
        services.decide_stage(by=make.staff(), stage=committee, selected_ids=[first.pk, tied[0].pk, last.pk])


def test_a_review_of_the_stage_is_counted_once():
    application = make.in_review()
    stage = application.stage
    before = stage.version
    services.declare_no_conflict(by=(review := Review.objects.first()).evaluator, review=review)
    assert stage.version == before + 1
