"""The addresses in the footer are the district's to change."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.models import Site

from cms.models import ContactSettings
from cms.services.pages import ensure_call_page
from tests.incubator.factories import decided

pytestmark = pytest.mark.django_db
PLACES = [
    ("용산구 창업지원센터", "서울특별시 용산구 청파로 77"),
    ("용산 청년창업지원센터", "서울특별시 용산구 서빙고로 17"),
]


@pytest.fixture
def contact():
    return ContactSettings.for_site(Site.objects.get())


def test_a_new_site_knows_the_places(client, contact):
    assert contact.listed_places == PLACES
    page = client.get("/")
    for name, address in PLACES:
        assertContains(page, name)
        assertContains(page, address)
    assertContains(page, "서울특별시 용산구 녹사평대로 150")


def test_what_staff_change_shows_on_every_page(client, contact):
    contact.places = "새 창업센터: 서울특별시 용산구 한강대로 1\n\n 분소 "
    contact.loan_desk_address = ""
    contact.office, contact.phone, contact.hours = "창업지원팀", "02-2199-0000", "평일 9–18시"
    contact.email = "startup@example.kr"
    contact.save()
    for address in ("/", reverse("search"), reverse("account_login")):
        page = client.get(address)
        for text in ("새 창업센터", "한강대로 1", "분소", "창업지원팀", "평일 9–18시"):
            assertContains(page, text)
        assertContains(page, 'href="tel:0221990000"')
        assertContains(page, 'href="mailto:startup@example.kr"')
        assertNotContains(page, "청파로 77")
        assertNotContains(page, "녹사평대로 150")


def test_an_office_that_cannot_be_reached_is_not_named(client, contact):
    contact.office = "창업지원팀"
    contact.save()
    assertNotContains(client.get("/"), "창업지원팀")


def test_without_anything_the_footer_is_quiet(client, contact):
    ContactSettings.objects.all().delete()
    assertNotContains(client.get("/"), "site-footer__places")


def test_what_staff_wrote_before_is_left_alone(contact):
    migration = import_module("cms.migrations.0004_places_of_the_footer")
    ContactSettings.objects.update(places="", loan_desk_address="서울특별시 용산구 이태원로 1")
    migration.fill(apps, None)
    contact = ContactSettings.objects.get()
    assert (contact.listed_places, contact.loan_desk_address) == (PLACES, "서울특별시 용산구 이태원로 1")
    ContactSettings.objects.update(places="분소: 어디")
    migration.fill(apps, None)
    assert ContactSettings.objects.get().listed_places == [("분소", "어디")]


def test_a_contact_can_be_reached(contact):
    """People ask and object there: a name alone is no contact."""
    contact.office = "창업지원팀"
    with pytest.raises(ValidationError):
        contact.full_clean()
    contact.email = "startup@example.kr"
    contact.full_clean()


def test_the_right_to_object_is_told_with_where(client, contact):
    """On the page of the call and of an application that was not selected; never without a way to do it."""
    application = decided(outcome="rejected")
    page = ensure_call_page(call=application.call)
    status = reverse("application_status", args=[application.pk])
    client.force_login(application.applicant)
    for url in (page.url, status):
        assertNotContains(client.get(url), "mailto:")
    contact.email = "startup@example.kr"
    contact.save()
    for url in (page.url, status):
        assertContains(client.get(url), 'href="mailto:startup@example.kr"', msg_prefix=url)
    page.contact_phone = "02-2199-1234"
    page.save_revision().publish()
    assertContains(client.get(status), "tel:0221991234")
