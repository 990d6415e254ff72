import pytest
from django.urls import reverse

from core.notices.models import Notice
from tests.core.accounts.factories import UserFactory
from tests.core.notices.test_outbox import queue

pytestmark = pytest.mark.django_db


def test_a_person_reads_their_own_notices_only(client):
    person, other = UserFactory(), UserFactory()
    queue(person, title="내 알림")
    queue(other, key="other", title="남의 알림")
    client.force_login(person)
    page = client.get(reverse("notice_list")).content.decode()
    assert "내 알림" in page
    assert "남의 알림" not in page


def test_the_list_says_that_a_mail_was_lost(client):
    person = UserFactory()
    queue(person)
    Notice.objects.update(state=Notice.State.FAILED)
    client.force_login(person)
    assert "tag--warning" in client.get(reverse("notice_list")).content.decode()


def test_the_list_costs_the_same_for_3_and_30(client, count_queries):
    person = UserFactory()
    client.force_login(person)
    client.get(reverse("notice_list"))
    costs = []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            queue(person, key=str(number))
        costs.append(count_queries(lambda: client.get(reverse("notice_list"))))
    assert costs[0] == costs[1]
    assert costs[1] <= 15
