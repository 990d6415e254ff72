from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from core import clock
from demo import checks, mails, moved_clock
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_clock(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    clock.use_offset(moved_clock.offset)


@pytest.fixture
def sent(monkeypatch):
    names = []
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda self, name, *a, **k: names.append(name))
    return names


# ── signing in ──────────────────────────────────────────────────────────────
def test_anybody_of_the_demo_can_be_signed_in_as(client):
    user = UserFactory(email="finance@demo.example", roles=["finance_staff"])
    response = client.post(reverse("demo_login"), {"user": user.pk})
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("/loans/", "/loans/"), ("https://evil.example/", "/me/"), ("//evil.example", "/me/")],
)
def test_signing_in_leads_on_within_the_site(client, wanted, place):
    user = UserFactory(email="a@demo.example")
    assert client.post(reverse("demo_login"), {"user": user.pk, "next": wanted}).url == place


def test_nobody_else_can_be_signed_in_as(client):
    real = UserFactory(email="person@example.com")
    gone = UserFactory(email="gone@demo.example", is_active=False)
    fake = UserFactory(email="x@notdemo.example")
    numbers = [real.pk, gone.pk, fake.pk, 999_999, 10**20, "9" * 5000, "", "1 OR 1", "²"]
    for number in numbers:
        assert client.post(reverse("demo_login"), {"user": number}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("demo_login")).status_code == 405


def test_a_number_is_written_in_plain_digits(client):
    other_digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    number = str(UserFactory(email="a@demo.example").pk).translate(other_digits)
    assert client.post(reverse("demo_login"), {"user": number}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_logins_are_offered_by_role_in_few_queries(client, django_assert_max_num_queries):
    for number in range(12):
        UserFactory(email=f"a{number}@demo.example", name=f"신청인{number:02}")
        UserFactory(email=f"m{number}@demo.example", roles=["mentor"])
    UserFactory(email="real@example.com", name="실제 사람")
    context = Context({"request": RequestFactory().get("/?next=/loans/"), "csrf_token": "x"})
    with django_assert_max_num_queries(6):
        page = Template("{% load demo_tags %}{% demo_logins %}").render(context)
    assert "신청인00" in page
    assert "신청인08" not in page
    assert "실제 사람" not in page
    assert 'value="/loans/"' in page


# ── mails ───────────────────────────────────────────────────────────────────
def write_mail(
    settings,
    name,
    *,
    subject="신청이 접수되었어요",
    text="http://localhost:8000/me/ 를 보세요",
    html="",
    date="",
):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "noreply@localhost", "a@demo.example"
    message["Date"] = date or timezone.now()
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
    (settings.MAIL_DIR / name).write_bytes(message.as_bytes())


def test_no_mails_yet(client):
    assert client.get(reverse("demo_mails")).status_code == 200


def test_mails_are_listed_newest_first_by_page(client, settings):
    for number in range(25):
        write_mail(settings, f"20260101-0000{number:02}-x.eml", subject=f"메일 {number:02}")
    first = client.get(reverse("demo_mails")).content.decode()
    assert first.index("메일 24") < first.index("메일 05")
    assert "메일 04" not in first
    assert "메일 04" in client.get(reverse("demo_mails"), {"page": 2}).content.decode()


def test_a_mail_shows_its_links_and_runs_nothing(client, settings):
    write_mail(
        settings, "1-a.eml", text="<script>x</script> http://localhost/me/", html="<script>alert(1)</script>"
    )
    page = client.get(reverse("demo_mail", args=["1-a.eml"])).content.decode()
    assert 'href="http://localhost/me/"' in page
    assert "<script>x" not in page
    assert "<script>alert" not in page
    assert "allow-scripts" not in page
    assert "allow-same-origin" not in page


def test_a_mail_tells_its_moment_with_its_zone(settings):
    write_mail(settings, "1-a.eml", date="Sun, 22 Nov 2026 16:42:00 -0000")
    assert mails.read("1-a.eml").sent_at == datetime(2026, 11, 22, 16, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["../secret.eml", "..", "a.txt", "a.eml.part", "", "a/b.eml", "a%2e.eml", "x" * 90 + ".eml"]
)
def test_only_mails_of_the_folder_are_read(settings, name, tmp_path):
    write_mail(settings, "1-a.eml")
    (settings.MAIL_DIR.parent / "secret.eml").write_text("secret")
    (settings.MAIL_DIR / "a.txt").write_text("x")
    assert mails.read(name) is None


def test_a_link_in_the_folder_is_not_followed(settings):
    write_mail(settings, "1-a.eml")
    (settings.MAIL_DIR.parent / "secret").write_text("secret")
    (settings.MAIL_DIR / "2-b.eml").symlink_to(settings.MAIL_DIR.parent / "secret")
    assert mails.read("2-b.eml") is None


def test_an_unknown_mail_is_404(client):
    assert client.get(reverse("demo_mail", args=["1-a.eml"])).status_code == 404


# ── the clock ───────────────────────────────────────────────────────────────
def test_the_clock_moves_forward_and_back_to_now(client, sent):
    today = timezone.localdate()
    for to, days in [("tomorrow", 1), ("tomorrow", 2)]:
        assert client.post(reverse("demo_clock"), {"to": to}).status_code == 302
        assert clock.today() == today + timedelta(days=days)
    assert sent.count("loans.tasks.close_day") == 2
    client.post(reverse("demo_clock"), {"to": "now"})
    assert clock.today() == today
    assert not moved_clock.offset()


@pytest.mark.parametrize(
    ("start", "end"),
    [("2027-01-31", "2027-02-28"), ("2027-12-15", "2028-01-15"), ("2028-01-31", "2028-02-29")],
)
def test_a_month_is_a_month(client, sent, start, end):
    with time_machine.travel(f"{start}T10:00:00+09:00", tick=False):
        client.post(reverse("demo_clock"), {"to": "month"})
        assert f"{clock.today()}" == end


def test_the_clock_moves_to_a_chosen_day(client, sent):
    day = timezone.localdate() + timedelta(days=400)
    assert client.post(reverse("demo_clock"), {"to": "day", "day": day.isoformat()}).status_code == 302
    assert clock.today() == day
    page = client.get(reverse("demo_clock")).content.decode()
    assert day.isoformat() in page


@pytest.mark.parametrize("day", ["", "yesterday", "2020-01-01", "2999-01-01", "0001-01-01"])
def test_the_clock_never_runs_backwards_nor_too_far(client, sent, day):
    response = client.post(reverse("demo_clock"), {"to": "day", "day": day})
    assert response.status_code == 422
    assert (sent, moved_clock.offset()) == ([], timedelta(0))


@pytest.mark.parametrize("to", ["", "next_due", "nonsense"])
def test_nothing_to_move_to_moves_nothing(client, sent, to):
    client.post(reverse("demo_clock"), {"to": to})
    assert not moved_clock.offset()


def test_a_dead_broker_does_not_stop_the_clock(client, monkeypatch):
    def refuse(*_args, **_options):
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.app.base.Celery.send_task", refuse)
    assert client.post(reverse("demo_clock"), {"to": "tomorrow"}).status_code == 302


def test_the_bar_says_which_day_it_is():
    moved_clock.move_to(timezone.now() + timedelta(days=40))
    context = Context({"server_now": clock.now()})
    bar = Template('{% include "demo/bar.html" %}{% load demo_tags %}{% demo_clock_badge %}').render(context)
    assert bar.count(f"{clock.today():%Y-%m-%d}") == 2
    assert reverse("demo_mails") in bar


# ── only at home ────────────────────────────────────────────────────────────
def test_the_demo_stays_at_home(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    assert checks.demo_stays_at_home(None) == []
    settings.ALLOWED_HOSTS = ["localhost", "gangnam.example", "*"]
    assert [error.id for error in checks.demo_stays_at_home(None)] == ["demo.E002"]
    settings.DEMO = False
    assert [error.id for error in checks.demo_stays_at_home(None)] == ["demo.E001", "demo.E002"]


def test_the_demo_app_does_not_start_without_demo_mode(settings):
    from django.apps import apps

    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        apps.get_app_config("demo").ready()
