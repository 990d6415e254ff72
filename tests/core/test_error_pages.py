"""The styled pages for what goes wrong; 400 and 500 stand on nothing."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.views import defaults

from core import clock
from core.errors import Since, Stale
from tests.core.accounts.factories import UserFactory


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_bare_pages_render_without_request_or_database(name):
    html = render_to_string(name)
    assert "<h1>" in html
    assert "<script" not in html


def test_server_error_view_uses_our_page():
    response = defaults.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "error-page" in response.content.decode()


@pytest.mark.django_db
def test_missing_page_is_styled(client):
    response = client.get("/there-is-no-such-page/")
    assert response.status_code == 404
    assert "error-page" in response.content.decode()


@pytest.mark.django_db
def test_conflict_says_what_has_changed(rf):
    request = rf.get("/", HTTP_REFERER="/back/")
    change = Since(clock.now(), "Kim", "A document was missing")
    context = {"error": Stale(changes=[change]), "changes": [change], "typed": ["A long <reason>"]}
    html = render_to_string("409.html", context, request)
    assert "A document was missing" in html
    assert "A long &lt;reason&gt;" in html
    assert 'href="/back/"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/x/",
    ],
)
def test_entrance_pages_wear_our_clothes(client, url):
    html = client.get(url).content.decode()
    assert 'class="card entrance__card"' in html
    assert 'id="krds-skip-link"' in html


@pytest.mark.django_db
def test_login_shows_errors_in_one_list_and_keeps_the_address(client):
    html = client.post("/accounts/login/", {"login": "who@example.org", "password": ""}).content.decode()
    assert "error-summary" in html
    assert 'value="who@example.org"' in html


@pytest.mark.django_db
def test_a_method_that_is_not_taken_is_styled(client):
    for url in ("/me/invitations/1/accept/", "/payments/stripe/webhook/"):
        response = client.get(url)
        assert (response.status_code, response["Allow"]) == (405, "POST")
        page = response.content.decode()
        assert "error-page" in page
        assert 'lang="ko"' in page


@pytest.mark.django_db
def test_error_pages_lead_people_to_their_own_page(client):
    own = f'href="{reverse("home_for_user")}"'
    assert own not in client.get("/me/invitations/1/accept/").content.decode()
    client.force_login(UserFactory())
    for url in ("/me/invitations/1/accept/", "/office/", "/there-is-no-such-page/"):
        assert own in client.get(url).content.decode()
