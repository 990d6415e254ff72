"""Logging in with an account elsewhere: offered where it is set up, and let through by the policy of our pages."""

import re
from html import unescape

import pytest
from django.urls import reverse
from pydantic import SecretStr

from config.env import Env
from config.logins import social_providers
from core.security import ELSEWHERE

pytestmark = pytest.mark.django_db
PROVIDERS = {
    "kakao": "https://kauth.kakao.com/oauth/authorize",
    "naver": "https://nid.naver.com/oauth2.0/authorize",
}


def environment(**ids):
    secrets = {name.replace("client_id", "secret"): SecretStr("x") for name in ids}
    return Env(_env_file=None, secret_key="s" * 60, **ids, **secrets)


@pytest.fixture
def both(settings):
    settings.SOCIALACCOUNT_PROVIDERS = social_providers(environment(kakao_client_id="k", naver_client_id="n"))


def offered(page):
    return re.findall(r'action="/accounts/(\w+)/login/\?', page)


def begin(client, provider, **query):
    return client.post(reverse(f"{provider}_login", query={"process": "login", **query}))


@pytest.mark.parametrize(("ids", "providers"), [({}, []), ({"naver_client_id": "n"}, ["naver"])])
def test_a_login_is_offered_when_its_variable_is_set(client, settings, ids, providers):
    settings.SOCIALACCOUNT_PROVIDERS = social_providers(environment(**ids))
    for name in ("account_login", "account_signup"):
        assert offered(client.get(reverse(name)).content.decode()) == providers
    for provider in PROVIDERS:
        is_there = provider in providers
        assert client.get(reverse(f"{provider}_login")).status_code == (200 if is_there else 404)
        assert begin(client, provider).status_code == (200 if is_there else 404)
        assert client.get(reverse(f"{provider}_callback")).status_code == (401 if is_there else 404)


@pytest.mark.usefixtures("both")
def test_the_buttons_are_forms_that_only_we_can_send(client):
    """A link would let any page begin a login, and connect an account of somebody else's."""
    page = client.get(reverse("account_login"), {"next": "/calls/"}).content.decode()
    assert offered(page) == ["kakao", "naver"]
    assert page.count("csrfmiddlewaretoken") >= 3
    assert "next=%2Fcalls%2F" in page
    for provider in PROVIDERS:
        assert f'href="/accounts/{provider}' not in page
        assert "kauth" not in client.get(reverse(f"{provider}_login")).content.decode()
    client.handler.enforce_csrf_checks = True
    assert begin(client, "kakao").status_code == 403


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(("provider", "address"), PROVIDERS.items())
def test_a_page_of_ours_leads_there_so_that_no_redirect_follows_the_form(client, provider, address):
    """Chromium holds every redirect after a form to form-action, and theirs lead on to hosts we don't know."""
    response = begin(client, provider)
    assert response.status_code == 200
    assert "form-action 'self'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    [moved] = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]+)"', page)
    [link] = re.findall(rf'href="({address}[^"]+)"', page)
    assert unescape(moved) == unescape(link)
    assert f"redirect_uri=http%3A%2F%2Ftestserver%2Faccounts%2F{provider}%2Flogin%2Fcallback%2F" in moved
    assert "state=" in moved
    assert not any(provider in host for host in ELSEWHERE)
