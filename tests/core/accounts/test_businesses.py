from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.accounts.forms import BusinessForm
from core.accounts.models import Business, Membership
from core.accounts.services import register_business, remove_member, update_business
from core.errors import NotAllowed, NotNow
from tests.core.accounts.factories import (
    BusinessFactory,
    MembershipFactory,
    UserFactory,
    business_number,
    invitation,
)

pytestmark = pytest.mark.django_db
OWNER = Membership.Part.OWNER


def facts(**changes):
    return {
        "name": "데모 주식회사",
        "registration_number": business_number(7).replace("-", ""),
        "kind": "sole",
        "corporate_number": "",
        "representative": "홍길동",
        "opened_on": "2024-03-04",
        "sector": "정보통신업",
        "postcode": "04390",
        "address": "서울특별시 용산구 청파로 77",
        "address_detail": "",
        **changes,
    }


def wrong_fields(**changes):
    return set(BusinessForm(facts(**changes)).errors)


def test_registering_makes_the_first_owner():
    business = BusinessFactory()
    assert [member.part for member in business.memberships.all()] == [OWNER]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"registration_number": "123-45-67890"}, {"registration_number"}),
        ({"registration_number": "12345"}, {"registration_number"}),
        ({"kind": "company"}, {"corporate_number"}),
        ({"kind": "company", "corporate_number": "110111-1234567"}, set()),
        ({"kind": "company", "corporate_number": "11-1"}, {"corporate_number"}),
        ({"opened_on": "1024-03-04"}, {"opened_on"}),
        ({"opened_on": str(clock.today() + timedelta(days=800))}, {"opened_on"}),
        ({"postcode": "140-190"}, {"postcode"}),
        ({"name": "가" * 81}, {"name"}),
        ({"name": "", "sector": "", "representative": ""}, {"name", "sector", "representative"}),
    ],
)
def test_wrong_facts_are_all_told_at_once(changes, wrong):
    assert wrong_fields(**changes) == wrong


def test_a_number_without_hyphens_is_the_same_number():
    BusinessFactory(registration_number=business_number(7))
    assert wrong_fields() == {"registration_number"}


def test_a_sole_trader_keeps_no_corporation_number():
    form = BusinessForm(facts(corporate_number="110111-1234567"))
    assert form.is_valid()
    assert form.cleaned_data["corporate_number"] == ""


def test_a_double_click_registers_one_business():
    owner = UserFactory()
    details = {**facts(), "registration_number": business_number(7), "opened_on": date(2024, 3, 4)}
    first = register_business(by=owner, **details)
    assert register_business(by=owner, **details) == first
    with pytest.raises(ValidationError) as taken:
        register_business(by=UserFactory(), **details)
    assert "registration_number" in taken.value.message_dict
    assert Membership.objects.count() == 1


def test_only_an_owner_changes_the_business_and_its_people():
    business = BusinessFactory()
    member = MembershipFactory(business=business).user
    for person in (member, UserFactory()):
        with pytest.raises(NotAllowed):
            update_business(by=person, business=business, name="x")
        with pytest.raises(NotAllowed):
            remove_member(by=person, membership=business.memberships.get(part=OWNER))


def test_the_last_owner_stays():
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    other = MembershipFactory(business=business)
    with pytest.raises(NotNow):
        remove_member(by=owner, membership=business.memberships.get(part=OWNER))
    Membership.objects.filter(pk=other.pk).update(part=OWNER)
    remove_member(by=owner, membership=business.memberships.get(user=owner))
    assert list(business.memberships.all()) == [other]


def test_a_member_leaves_by_themselves():
    membership = MembershipFactory()
    remove_member(by=membership.user, membership=membership)
    assert not Membership.objects.filter(pk=membership.pk).exists()


# ── pages ───────────────────────────────────────────────────────────────────
def test_a_business_is_registered_in_the_browser(client):
    client.force_login(UserFactory())
    response = client.post(reverse("business_create"), facts())
    business = Business.objects.get()
    assert response.url == reverse("business_edit", args=[business.pk])
    assert "데모 주식회사" in client.get(response.url).content.decode()


def test_who_was_sent_to_register_comes_back(client):
    client.force_login(UserFactory())
    create = f"{reverse('business_create')}?next=/loans/rounds/7/apply/"
    page = client.post(create, {}).content.decode()
    assert 'href="/loans/rounds/7/apply/"' in page  # cancelling leads back too
    assert client.post(create, facts()).url == "/loans/rounds/7/apply/"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_link_never_leads_out_of_the_house(client, wanted):
    client.force_login(UserFactory())
    response = client.post(f"{reverse('business_create')}?next={wanted}", facts())
    assert response.url == reverse("business_edit", args=[Business.objects.get().pk])
    page = client.get(f"{reverse('business_create')}?next={wanted}")
    assert page.context["back"] == reverse("business_list")


def test_nothing_typed_is_lost(client):
    client.force_login(UserFactory())
    response = client.post(reverse("business_create"), facts(name="아주 긴 상호", registration_number="1"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "아주 긴 상호" in page
    assert 'href="#id_registration_number"' in page
    assert client.post(reverse("business_create"), {}).status_code == 422


def test_strangers_do_not_see_it_and_members_cannot_change_it(client):
    business = BusinessFactory()
    edit, people, invite = (
        reverse(name, args=[business.pk]) for name in ("business_edit", "business_people", "business_invite")
    )

    def statuses():
        read = [client.get(url).status_code for url in (edit, people, invite)]
        return read, [client.post(url).status_code for url in (edit, invite)]

    client.force_login(UserFactory())
    assert statuses() == ([404, 404, 404], [404, 404])
    client.force_login(MembershipFactory(business=business).user)
    assert statuses() == ([200, 200, 403], [403, 403])


@pytest.mark.parametrize("name", ["business_edit", "business_people", "business_invite"])
def test_what_is_typed_has_no_neighbour_that_loses_it(client, name):
    """Without scripts a form posts itself alone: whoever types has one form on the page, and buttons have none."""
    row = invitation(UserFactory())
    MembershipFactory(business=row.business)
    client.force_login(row.invited_by)
    page = client.get(reverse(name, args=[row.business_id])).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    typed = [form for form in main.split("<form")[1:] if 'type="text"' in form or 'type="email"' in form]
    assert len(typed) == (name != "business_people")
    assert not typed or main.count("<form") == 1


def test_the_number_cannot_be_changed_by_a_forged_field(client):
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    client.force_login(owner)
    client.post(reverse("business_edit", args=[business.pk]), facts(name="새 이름"))
    changed = Business.objects.get()
    assert (changed.name, changed.registration_number) == ("새 이름", business.registration_number)


def test_people_are_removed_in_the_browser(client):
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    client.force_login(owner)
    membership = MembershipFactory(business=business)
    remove = reverse("business_member_remove", args=[business.pk, membership.pk])
    assert client.post(remove).status_code == 302
    assert client.post(remove).status_code == 404
    last = reverse("business_member_remove", args=[business.pk, business.memberships.get().pk])
    assert client.post(last).status_code == 409


def test_the_list_costs_the_same_for_3_and_30(client, count_queries):
    owner = UserFactory()
    client.force_login(owner)
    client.get(reverse("business_list"))
    costs = []
    for number in (3, 27):
        BusinessFactory.create_batch(number, owner=owner)
        costs.append(count_queries(lambda: client.get(reverse("business_list"))))
    assert costs[0] == costs[1]
    assert costs[1] <= 15


def test_the_people_of_a_business_cost_the_same_for_3_and_30(client, count_queries):
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    client.force_login(owner)
    url = reverse("business_people", args=[business.pk])
    client.get(url)
    costs = []
    for number in (3, 27):
        MembershipFactory.create_batch(number, business=business)
        costs.append(count_queries(lambda: client.get(url)))
    assert costs[0] == costs[1]
