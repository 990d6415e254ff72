from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import transaction

from core import clock
from core.accounts.roles import Role
from core.errors import NotAllowed, NotNow
from core.notices import tasks
from core.notices.models import Notice
from core.notices.services import delivery, queue_notice, send_again
from core.notices.services.rendering import render_mail
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
State = Notice.State


def queue(recipient=None, key="told:1", **facts):
    return queue_notice(
        recipient=recipient or UserFactory(),
        event="probe.told",
        context={"title": "서류 <검토> & 결과", "amount": 3, **facts},
        dedupe_key=key,
        url="/me/",
    )


def later(monkeypatch, **span):
    clock_now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: clock_now + timedelta(**span))


def test_a_notice_is_rendered_when_it_is_queued():
    notice = queue()
    assert notice.subject == "서류 <검토> & 결과"
    assert "“서류 <검토> & 결과” is 3 & counting." in notice.body_text
    html = render_mail(notice).html
    assert "&lt;b&gt;Not bold&lt;/b&gt;" in html
    assert "<b>Not bold" not in html
    assert notice.state == State.PENDING


def test_the_same_event_is_told_once():
    person = UserFactory()
    assert queue(person) == queue(person, amount=4)
    assert Notice.objects.count() == 1


def test_a_subject_cannot_smuggle_headers():
    notice = queue(title="a\nBcc: everybody@example.com")
    tasks.deliver_notice(notice.pk)
    assert "\n" not in notice.subject
    assert mail.outbox[0].bcc == []


def test_the_recipients_language_is_used():
    text = {}
    for language in ("ko", "en"):
        notice = queue(UserFactory(language=language), key=language)
        tasks.deliver_notice(notice.pk)
        text[language] = mail.outbox[-1].body
    assert "Hello" in text["en"]
    assert notice.language == "en"


def test_nothing_is_sent_before_the_commit(django_capture_on_commit_callbacks, eager):
    with django_capture_on_commit_callbacks(execute=True):
        notice = queue()
        assert mail.outbox == []
    assert len(mail.outbox) == 1
    notice.refresh_from_db()
    assert notice.state == State.SENT
    assert notice.sent_at


def test_a_rolled_back_event_is_never_told(django_capture_on_commit_callbacks, eager):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert callbacks == []
    assert not Notice.objects.exists()


def test_the_mail_has_both_parts_and_one_lasting_id():
    notice = queue()
    tasks.deliver_notice(notice.pk)
    message = mail.outbox[0].message()
    text, html = message.get_payload()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "http://localhost:8000/me/" in text.get_payload(decode=True).decode()
    assert "http://localhost:8000/me/" in html.get_payload(decode=True).decode()
    assert message["Message-ID"] == delivery._message(notice).message()["Message-ID"]
    assert mail.outbox[0].to == [notice.recipient.email]


def test_delivering_twice_sends_once():
    notice = queue()
    tasks.deliver_notice(notice.pk)
    tasks.deliver_notice(notice.pk)
    tasks.deliver_waiting()
    assert len(mail.outbox) == 1


def test_a_dead_broker_breaks_nothing_and_the_beat_delivers(django_capture_on_commit_callbacks, dead_broker):
    with django_capture_on_commit_callbacks(execute=True):
        queue()
    assert mail.outbox == []
    assert tasks.deliver_waiting() == 1
    assert len(mail.outbox) == 1


def test_a_notice_that_a_dead_worker_left_is_sent_later(monkeypatch):
    notice = queue()
    assert delivery._claim(notice.pk)
    assert tasks.deliver_waiting() == 0
    later(monkeypatch, minutes=16)
    assert tasks.deliver_waiting() == 1


def test_failures_are_repeated_ever_more_slowly_and_then_given_up(monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("mail server down")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    notice = queue()
    waits = []
    for _attempt in range(delivery.MAX_ATTEMPTS):
        tasks.deliver_notice(notice.pk)
        notice.refresh_from_db()
        waits.append(round((notice.next_attempt_at - clock.now()).total_seconds() / 60))
        assert not tasks.deliver_waiting()
        later(monkeypatch, minutes=waits[-1] + 1)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert notice.state == State.FAILED
    assert notice.last_error == "OSError: mail server down"


def test_what_the_mail_server_says_of_a_person_is_not_kept(monkeypatch):
    """Staff read the error, but never the address."""
    notice = queue()

    def refuse(*args, **kwargs):
        raise SMTPRecipientsRefused({notice.recipient.email: (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    tasks.deliver_notice(notice.pk)
    notice.refresh_from_db()
    assert "no such user" in notice.last_error
    assert notice.recipient.email not in notice.last_error


def test_staff_send_a_failed_notice_again():
    staff, notice = UserFactory(roles=[Role.PROGRAMME_STAFF]), queue()
    with pytest.raises(NotNow):
        send_again(by=staff, notice=notice)
    Notice.objects.update(state=State.FAILED, attempts=8)
    for person in (UserFactory(), UserFactory(roles=[Role.AUDITOR]), UserFactory(roles=[Role.EDITOR])):
        with pytest.raises(NotAllowed):
            send_again(by=person, notice=notice)
    send_again(by=staff, notice=notice)
    assert tasks.deliver_waiting() == 1


def test_a_template_without_a_subject_is_a_mistake(tmp_path, settings):
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "nameless.txt").write_text("Hello")
    templates = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.TEMPLATES = templates
    with pytest.raises(ValueError, match="first line"):
        queue_notice(recipient=UserFactory(), event="nameless", context={}, dedupe_key="x")
