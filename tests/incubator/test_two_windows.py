"""What another window saved is never overwritten unseen: texts, the business, the bonus points."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains

from incubator import services
from incubator.models import BonusRule
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make.draft()


@pytest.fixture
def firms(draft):
    return [make.own(make.BusinessFactory(), draft.applicant) for _ in range(2)]


@pytest.fixture
def page(client, draft):
    client.force_login(draft.applicant)
    return client


def save(draft, **fields):
    services.save_draft(by=draft.applicant, application=draft, fields=fields)


def plan(draft, **fields):
    names = ("title", "summary", "sector", "applicant_type", "problem", "solution", "scale_up")
    return {name: getattr(draft, name) for name in names} | {"seen": draft.seen} | fields


def test_the_business_that_another_window_chose_stays_and_is_told(page, draft, firms):
    old = plan(draft, business="", title="이 창의 제목")
    save(draft, business=firms[0])
    url = reverse("application_edit", args=[draft.pk, "plan"])
    answer = page.post(url, old | {"business": firms[1].pk})
    draft.refresh_from_db()
    assert (draft.business, draft.title) == (firms[0], "이 창의 제목")
    assertContains(answer, firms[0].name, status_code=422)
    assert set(answer.context["form"].errors) == {"business"}
    again = {"seen": answer.context["form"].data["seen"], "business": firms[1].pk}
    assert page.post(url, old | again).status_code == 302
    draft.refresh_from_db()
    assert draft.business == firms[1]


def test_a_business_that_was_taken_out_meanwhile_is_told_too(page, draft, firms):
    save(draft, business=firms[0])
    draft.refresh_from_db()
    old = plan(draft, business=firms[1].pk)
    save(draft, business=None)
    answer = page.post(reverse("application_edit", args=[draft.pk, "plan"]), old)
    assertContains(answer, "‘–’", status_code=422)
    draft.refresh_from_db()
    assert draft.business is None


def test_only_a_business_of_ones_own_can_be_named(draft):
    with pytest.raises(ValidationError) as caught:
        save(draft, business=make.BusinessFactory(), title="새 제목")
    assert set(caught.value.message_dict) == {"business"}


def test_bonus_points_that_another_window_claimed_are_not_dropped(page, draft):
    first = draft.call.bonus_rules.get()
    second = BonusRule.objects.create(call=draft.call, name="여성 대표", points=2)
    url = reverse("application_edit", args=[draft.pk, "documents"])
    services.claim_bonuses(by=draft.applicant, application=draft, ticked=[first.pk])
    assert page.post(url, {"rules": [second.pk]}).status_code == 302  # drawn before the first was claimed
    assert set(draft.bonus_claims.values_list("rule_id", flat=True)) == {first.pk, second.pk}
    assert page.post(url, {"shown": [first.pk, second.pk], "rules": [second.pk]}).status_code == 302
    assert draft.bonus_claims.get().rule == second


def test_two_windows_claim_at_the_same_moment(draft):
    """Each names what it ticked and unticked; what is claimed is read under the lock."""
    first = draft.call.bonus_rules.get()
    second = BonusRule.objects.create(call=draft.call, name="여성 대표", points=2)
    for rule in (first, second):
        services.claim_bonuses(by=draft.applicant, application=draft, ticked=[rule.pk], shown=[])
    assert draft.bonus_claims.count() == 2
    services.claim_bonuses(
        by=draft.applicant, application=draft, ticked=[second.pk], shown=[first.pk, second.pk]
    )
    assert draft.bonus_claims.get().rule == second
