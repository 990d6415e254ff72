"""What an owner changes of a business is kept, and staff read who changed what from what to what."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from core.accounts.models import Business, BusinessChange
from core.accounts.services import update_business
from core.privacy.models import AccessLog
from tests.core.accounts.factories import BusinessFactory, UserFactory

pytestmark = pytest.mark.django_db
MOVED = "서울특별시 용산구 청파로 77"


@pytest.fixture
def business():
    return BusinessFactory(owner=UserFactory(name="데모 대표"))


def change(business, **facts):
    return update_business(by=business.members.get(), business=business, **facts)


def test_every_changed_fact_is_kept_and_no_other(business):
    old = Business.objects.get()
    change(
        business, name="새 이름", address=MOVED, sector=old.sector, is_micro=True, opened_on=date(2024, 3, 5)
    )
    assert sorted(BusinessChange.objects.values_list("field", "before", "after")) == [
        ("address", old.address, MOVED),
        ("is_micro", "False", "True"),
        ("name", old.name, "새 이름"),
        ("opened_on", "2024-03-04", "2024-03-05"),
    ]
    assert {row.by for row in BusinessChange.objects.all()} == {business.members.get()}


def test_saving_without_a_change_leaves_no_trace(business):
    change(business, name=business.name, is_micro=False)
    assert not BusinessChange.objects.exists()


def test_the_newest_facts_are_compared_whatever_the_page_was_drawn_from(business):
    stale = Business.objects.get()
    change(business, sector="제조업")
    change(stale, sector="서비스업")
    assert BusinessChange.objects.first().before == "제조업"


def test_the_history_is_never_edited_and_goes_with_its_business(business):
    change(business, sector="제조업")
    with pytest.raises(TypeError):
        BusinessChange.objects.get().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        BusinessChange.objects.update(after="x")
    business.delete()
    assert not BusinessChange.objects.exists()


def test_staff_read_it_on_the_page_of_the_business(business, client):
    staff = UserFactory(roles=["finance_staff"])
    client.force_login(staff)
    url = reverse("businesses:inspect", args=[business.pk])
    assert gettext("Nothing was changed.") in client.get(url).content.decode()
    change(business, address=MOVED, kind="company", is_micro=True)
    page = client.get(url).content.decode()
    for text in ("데모 대표", business.address, MOVED, "법인", "개인", "아니요"):
        assert text in page
    assert AccessLog.objects.filter(by=staff, owner=business.members.get()).exists()


def test_the_form_of_the_owner_writes_it(business, client):
    client.force_login(business.members.get())
    facts = {
        "name": "새 상호",
        "kind": "sole",
        "representative": business.representative,
        "opened_on": "2024-03-04",
        "sector": business.sector,
        "postcode": business.postcode,
        "address": business.address,
    }
    assert client.post(reverse("business_edit", args=[business.pk]), facts).status_code == 302
    assert list(BusinessChange.objects.values_list("field", "after")) == [("name", "새 상호")]
