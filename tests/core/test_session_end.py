"""A form is sent after the session has ended: the login leads back to the page it stood on."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from core.accounts.models import User
from core.accounts.roles import Role
from tests.core.accounts.factories import BusinessFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
PASSWORD = "a-long-passphrase-77"
FORM = "http://testserver/me/businesses/1/?tab=people"


def send(client, referrer=FORM, **headers):
    if referrer:
        headers["Referer"] = referrer
    return client.post(reverse("business_invite", args=[1]), {"email": "a@example.com"}, headers=headers)


def test_the_login_leads_back_to_the_page_of_the_form(client):
    assert send(client)["Location"] == f"{LOGIN}?next=/me/businesses/1/%3Ftab%3Dpeople"


@pytest.mark.parametrize("referrer", ["", "https://evil.example/", f"http://testserver{LOGIN}?next=/x/"])
def test_else_to_where_work_waits(client, referrer):
    assert send(client, referrer)["Location"] == LOGIN


def test_a_person_lands_on_a_page(client):
    person = User.objects.create_user(email="owner@example.com", name="주인", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    business = BusinessFactory(owner=person)
    form = reverse("business_edit", args=[business.pk])
    for referrer, landing in ((f"http://testserver{form}", form), ("", reverse("me"))):
        client.logout()
        login = send(client, referrer)["Location"]
        fields = client.get(login).context["redirect_field_value"]
        data = {"login": person.email, "password": PASSWORD, "next": fields or ""}
        response = client.post(login, data, follow=True)
        assert response.redirect_chain[-1][0] == landing
        assert response.status_code == 200


def test_the_office_does_the_same(client):
    page = "/office/loans/loans/1/"
    response = client.post(f"{page}deposit/", headers={"Referer": f"http://testserver{page}"})
    assert response["Location"] == f"{LOGIN}?next={page}"


def test_reading_leads_to_what_was_asked_for(client):
    response = client.get("/me/profile/", headers={"Referer": "http://testserver/"})
    assert response["Location"] == f"{LOGIN}?next=/me/profile/"


def test_logging_out_of_the_office_leads_to_the_plain_login(client):
    client.force_login(UserFactory(roles=[Role.EDITOR]))
    response = client.post("/office/logout/", headers={"Referer": "http://testserver/office/"})
    assert response["Location"] == LOGIN


def test_a_script_is_told_so_and_never_that_it_saved(client):
    """A redirect would end at the login page with a 200, which reads as “saved”."""
    response = send(client, **{"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"})
    assert response.status_code == 401
    assert response.json()["message"]
