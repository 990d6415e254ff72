"""A pre-founder names the business that is to be registered, and adds its number once there is one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.accounts.forms import BusinessForm
from core.accounts.models import Business
from core.accounts.services import register_business, update_business
from tests.core.accounts.factories import BusinessFactory, MembershipFactory, UserFactory, business_number

pytestmark = pytest.mark.django_db

PLAN = {
    "name": "데모 예정 상점",
    "kind": "sole",
    "representative": "홍길동",
    "opened_on": "2026-12-01",
    "sector": "음식점업",
    "postcode": "04390",
    "address": "서울특별시 용산구 청파로 77",
}


def planned(owner, **facts):
    return register_business(
        by=owner, **{**PLAN, "opened_on": date(2026, 12, 1), "registration_number": None, **facts}
    )


def test_a_number_is_asked_for_unless_there_is_none_yet():
    assert set(BusinessForm(PLAN).errors) == {"registration_number"}
    form = BusinessForm({**PLAN, "is_planned": "on"})
    assert form.is_valid()
    assert form.cleaned_data["registration_number"] is None
    assert "is_planned" not in form.cleaned_data


def test_a_planned_company_has_no_corporation_number_yet():
    assert BusinessForm({**PLAN, "is_planned": "on", "kind": "company"}).is_valid()


def test_somebody_plans_one_business_at_a_time():
    owner = UserFactory()
    first = planned(owner)
    assert not first.is_registered
    assert planned(owner) == first, "a double click makes one"
    with pytest.raises(ValidationError):
        planned(owner, name="다른 상점")
    planned(UserFactory())
    planned(MembershipFactory(business=first).user, name="구성원의 상점")
    assert Business.objects.count() == 3


def test_the_number_is_added_once_in_the_browser(client):
    owner = UserFactory()
    client.force_login(owner)
    client.post(reverse("business_create"), {**PLAN, "is_planned": "on"})
    business = Business.objects.get()
    page = reverse("business_edit", args=[business.pk])
    assert client.get(page).context["form"].fields.keys() >= {"registration_number"}
    assert client.post(page, PLAN).status_code == 302, "it may stay planned"
    client.post(page, {**PLAN, "registration_number": business_number(7)})
    business.refresh_from_db()
    assert business.registration_number == business_number(7)
    assert "registration_number" not in client.get(page).context["form"].fields
    update_business(by=owner, business=business, registration_number=business_number(8))
    business.refresh_from_db()
    assert business.registration_number == business_number(7)


def test_a_number_that_another_business_has_is_refused():
    BusinessFactory(registration_number=business_number(7))
    owner = UserFactory()
    with pytest.raises(ValidationError) as taken:
        update_business(by=owner, business=planned(owner), registration_number=business_number(7))
    assert "registration_number" in taken.value.message_dict


def test_the_lists_show_it_without_a_number(client):
    owner = UserFactory()
    planned(owner)
    client.force_login(owner)
    for name in ("business_list", "me"):
        assert "데모 예정 상점" in client.get(reverse(name)).content.decode()
