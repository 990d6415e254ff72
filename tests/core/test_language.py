"""Korean by default, English on request."""

import pytest

pytestmark = pytest.mark.django_db


def test_browser_preferring_english_still_gets_korean(client):
    answer = client.get("/accounts/login/", headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="ko"' in answer.content.decode()


def test_english_is_given_once_it_was_asked_for(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/accounts/login/"})
    answer = client.get("/accounts/login/")
    assert '<html lang="en"' in answer.content.decode()
    assert answer.headers["Content-Language"] == "en"
