"""The office's own settings of a person: how it looks, never who they are."""

import re

import pytest
from django.urls import reverse

from core.accounts.roles import Role
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
OFFERED = {
    "locale-preferred_language",
    "theme-theme",
    "theme-contrast",
    "theme-density",
    "theme-keyboard_shortcuts",
}
CHOSEN = {
    "locale-preferred_language": "en",
    "theme-theme": "dark",
    "theme-contrast": "more_contrast",
    "theme-density": "snug",
}


@pytest.fixture
def editor(client):
    person = UserFactory(email="editor@example.com", name="홍보 담당", roles=[Role.FINANCE_STAFF])
    client.force_login(person)
    return person


def test_it_asks_for_nothing_but_the_look(client, editor):
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    asked = set(re.findall(r'name="([\w-]+)"', page[page.index("<main") :])) - {"csrfmiddlewaretoken"}
    assert asked == OFFERED


def test_the_look_and_the_language_are_kept(client, editor):
    assert client.post(reverse("wagtailadmin_account"), CHOSEN).status_code == 302
    profile = editor.wagtail_userprofile
    assert (profile.preferred_language, profile.theme, profile.density) == ("en", "dark", "snug")
    assert 'lang="en"' in client.get(reverse("wagtailadmin_home")).content.decode()


def test_address_name_and_password_stay_as_they_are(client, editor):
    before = editor.password
    smuggled = {
        "name_email-email": "other@example.com",
        "name_email-first_name": "x",
        "name_email-last_name": "y",
        "password-old_password": "",
        "password-new_password1": "a-long-passphrase-77",
        "password-new_password2": "a-long-passphrase-77",
    }
    client.post(reverse("wagtailadmin_account"), CHOSEN | smuggled)
    editor.refresh_from_db()
    assert (editor.email, editor.name, editor.password) == ("editor@example.com", "홍보 담당", before)
