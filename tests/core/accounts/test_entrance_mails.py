"""The mails that let people in go through the outbox, and their links stand nowhere but in the mail."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from core.accounts.models import User
from core.accounts.roles import Role
from core.notices import tasks
from core.notices.models import Notice
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "new@example.com", "a-long-passphrase-77"
LINK = re.compile(r"http://localhost:8000(/accounts/(?:confirm-email|password/reset/key)/[^\s\"<]+)")


class MailServerIsDown:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _mail_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def down(settings):
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"


def sign_up(client, **changes):
    details = {
        "email": EMAIL,
        "name": "김용산",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "consent_collection": "on",
        **changes,
    }
    return client.post(reverse("account_signup"), details)


def member(**facts):
    person = User.objects.create_user(email=EMAIL, name="김용산", password=PASSWORD, **facts)
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    return person


def reset(client, email=EMAIL):
    return client.post(reverse("account_reset_password"), {"email": email})


def link_in_mail():
    """The path in the one mail that was sent, the same in both of its parts."""
    [message] = mail.outbox
    [html] = message.alternatives
    [in_text], in_html = LINK.findall(message.body), set(LINK.findall(html.content))
    assert {in_text} == in_html
    return in_text


# ── a mail server that is down ──────────────────────────────────────────────
def test_signing_up_works_without_a_mail_server_and_the_mail_comes_later(client, settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    response = sign_up(client)
    assert (response.status_code, response["Location"]) == (302, reverse("account_email_verification_sent"))
    assert tasks.deliver_waiting() == 0
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts) == (Notice.State.PENDING, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Notice.objects.update(next_attempt_at=notice.created_at)
    assert tasks.deliver_waiting() == 1
    client.post(link_in_mail())
    assert EmailAddress.objects.get().verified


@pytest.mark.usefixtures("down")
def test_a_new_password_is_asked_for_without_a_mail_server(client):
    member()
    assert reset(client)["Location"] == reverse("account_reset_password_done")
    assert Notice.objects.get().state == Notice.State.PENDING


def test_account_and_mail_are_written_together_or_not_at_all(client, monkeypatch):
    def fail(**facts):
        raise RuntimeError

    monkeypatch.setattr("core.accounts.notices.entrance.queue_notice", fail)
    client.raise_request_exception = False
    assert sign_up(client).status_code == 500
    assert not User.objects.exists()


# ── each mail ───────────────────────────────────────────────────────────────
def test_the_link_gives_a_new_password(client):
    member()
    reset(client, email=EMAIL.upper())
    tasks.deliver_waiting()
    assert mail.outbox[0].to == [EMAIL]
    form = client.get(link_in_mail(), follow=True)
    new = {"password1": "another-passphrase-88", "password2": "another-passphrase-88"}
    client.post(form.request["PATH_INFO"], new)
    assert User.objects.get().check_password("another-passphrase-88")


def test_a_new_address_is_confirmed_at_the_new_address(client):
    person = member()
    client.force_login(person)
    client.post(reverse("account_email"), {"email": "other@example.com", "action_add": ""})
    tasks.deliver_waiting()
    assert mail.outbox[0].to == ["other@example.com"]
    client.post(link_in_mail())
    assert EmailAddress.objects.get(email="other@example.com").verified


def test_who_signs_up_again_is_told_at_their_address(client):
    member()
    first, again = sign_up(client, email="third@example.com"), sign_up(client)
    assert first["Location"] == again["Location"]
    tasks.deliver_waiting()
    told = next(message for message in mail.outbox if message.to == [EMAIL])
    assert reverse("account_reset_password") in told.body
    assert User.objects.filter(email=EMAIL).count() == 1


def test_nothing_is_written_to_strangers_and_nobody_sees_the_difference(client):
    member()
    assert reset(client)["Location"] == reset(client, "nobody@example.com")["Location"]
    assert [notice.recipient.email for notice in Notice.objects.all()] == [EMAIL]


def test_who_signs_up_in_english_is_written_to_in_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    sign_up(client)
    tasks.deliver_waiting()
    assert User.objects.get().language == "en"
    assert "confirm" in mail.outbox[0].subject


# ── the link is a secret ────────────────────────────────────────────────────
@pytest.mark.parametrize("ask", [sign_up, lambda client: (member(), reset(client))])
def test_the_link_is_kept_nowhere(client, ask, caplog):
    """Not in the outbox, before and after; not on the pages of staff or of the person; not in a log."""
    ask(client)
    rows = [dict(Notice.objects.values().get())]
    tasks.deliver_waiting()
    rows.append(dict(Notice.objects.values().get()))
    secret = link_in_mail().rstrip("/").rsplit("/", 1)[-1]
    pages = []
    for person in (UserFactory(roles=[Role.ADMINISTRATOR]), User.objects.get(email=EMAIL)):
        client.force_login(person)
        urls = (reverse("notices:index"), reverse("notices:inspect", args=[Notice.objects.get().pk]))
        pages += [client.get(url).content.decode() for url in (*urls, reverse("notice_list"))]
    client.get(f"/accounts/confirm-email/{secret}/x/")
    assert any(Notice.objects.get().subject in page for page in pages)
    for place in (*map(str, rows), *pages):
        assert secret not in place


def test_a_link_is_made_anew_when_staff_send_again(client):
    """It lives from when it is sent, however long it waited, and works although the person came in since."""
    person = member()
    reset(client)
    client.force_login(person)
    Notice.objects.update(state=Notice.State.FAILED, attempts=8)
    client.force_login(UserFactory(roles=[Role.PROGRAMME_STAFF]))
    client.post(reverse("notices:act", args=[Notice.objects.get().pk, "send-again"]), {"version": 8})
    assert tasks.deliver_waiting() == 1
    client.logout()
    assert client.get(link_in_mail(), follow=True).status_code == 200
