import pytest
from django.urls import reverse

from core.accounts.roles import Role
from core.notices.models import Notice
from tests.core.accounts.factories import UserFactory
from tests.core.notices.test_outbox import queue

pytestmark = pytest.mark.django_db
State = Notice.State


@pytest.fixture
def failed(db):
    notice = queue(UserFactory(name="홍길동", email="honggildong@example.com"))
    Notice.objects.update(state=State.FAILED, attempts=8, last_error="OSError: mail server down")
    notice.refresh_from_db()
    return notice


def test_the_words_and_the_person_stay_hidden(client, failed):
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    for url in (reverse("notices:index"), reverse("notices:inspect", args=[failed.pk])):
        page = client.get(url).content.decode()
        assert "홍*동" in page
        assert "홍길동" not in page
        assert "honggildong@" not in page
        assert "counting" not in page


def test_a_failed_notice_is_sent_again_by_a_button(client, failed):
    client.force_login(UserFactory(roles=[Role.FINANCE_STAFF]))
    act = reverse("notices:act", args=[failed.pk, "send-again"])
    assert act in client.get(reverse("notices:inspect", args=[failed.pk])).content.decode()
    assert client.post(act, {"version": failed.version}).status_code == 302
    failed.refresh_from_db()
    assert failed.state == State.PENDING
    client.post(act, {"version": 8})  # the second click finds nothing to do
    assert Notice.objects.get() == failed
    assert Notice.objects.get().attempts == 0


def test_an_auditor_only_reads(client, failed):
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    client.post(reverse("notices:act", args=[failed.pk, "send-again"]), {"version": failed.version})
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_the_state_filters_the_list(client, failed):
    queue(UserFactory(), key="other", title="기다리는 알림")
    client.force_login(UserFactory(roles=[Role.PROGRAMME_STAFF]))
    page = client.get(reverse("notices:index"), {"state": "failed"}).content.decode()
    assert "기다리는 알림" not in page
    assert "서류 &lt;검토&gt;" in page


def test_the_list_costs_the_same_for_3_and_30(client, count_queries):
    client.force_login(UserFactory(roles=[Role.PROGRAMME_STAFF]))
    client.get(reverse("notices:index"))
    costs = []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            queue(key=str(number))
        costs.append(count_queries(lambda: client.get(reverse("notices:index"))))
    assert costs[0] == costs[1]
    assert costs[1] <= 15
