import pytest
from django.urls import reverse

from core import clock
from core.accounts.roles import Role
from core.privacy.models import AccessLog
from core.privacy.services import record_access
from incubator.models import Application
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    person = UserFactory(roles=[Role.AUDITOR], name="감사 담당")
    client.force_login(person)
    return person


def record(action="view", **facts):
    person = UserFactory(name="홍길동")
    return record_access(by=UserFactory(name="재무 담당"), action=action, owner=person, obj=person, **facts)


def test_an_auditor_reviews_who_did_what(client, auditor):
    record(reason="월말 점검", ip="192.0.2.5")
    page = client.get(reverse("access_log")).content.decode()
    for words in ("재무 담당", "홍*동", "월말 점검", "192.0.2.5"):
        assert words in page
    assert "홍길동" not in page


def test_the_report_is_filtered(client, auditor):
    record(reason="봄")
    record("download", reason="여름")
    page = client.get(reverse("access_log"), {"action": "download"}).content.decode()
    assert "여름" in page
    assert "봄" not in page


def test_it_is_filtered_by_person_kind_and_day(client, auditor):
    entry, other = record(reason="봄"), record(reason="여름")
    listed = record_access(by=auditor, action="export", owner=None, obj=Application, reason="가을")
    kinds = {row.content_type_id for row in (entry, listed)}
    assert len(kinds) == 2

    def found(**asked):
        return set(client.get(reverse("access_log"), asked).context["object_list"])

    assert found(by=entry.by.email) == {entry}
    assert found(by="재무") == {entry, other}
    assert found(owner=other.owner.email) == {other}
    assert found(owner="홍길동", kind=entry.content_type_id) == {entry, other}
    assert found(kind=listed.content_type_id) == {listed}
    today = f"{clock.today():%Y-%m-%d}"
    assert found(at_from=today, at_to=today, action="export") == {listed}
    assert not found(at_to="2020-01-01")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_taking_the_log_away_needs_a_reason_and_is_itself_logged(client, auditor, kind):
    entry = record(reason="봄")
    url = reverse("access_log")
    assert "Content-Disposition" not in client.get(url, {"export": kind})
    assert client.post(url, {"export": kind}).status_code == 422
    assert AccessLog.objects.count() == 1
    response = client.post(url, {"export": kind, "reason": "11월 점검 보고"})
    content = b"".join(response.streaming_content)
    assert kind == "xlsx" or entry.hash in content.decode()
    last = AccessLog.objects.first()
    assert (last.by, last.action) == (auditor, "export")
    assert last.reason.startswith("11월 점검 보고 — ")
    page = client.get(url).content.decode()
    assert "11월 점검 보고" in page


def test_the_report_costs_the_same_for_3_and_30(client, auditor, count_queries):
    client.get(reverse("access_log"))
    costs = []
    for number in (3, 27):
        for _entry in range(number):
            record()
        costs.append(count_queries(lambda: client.get(reverse("access_log"))))
    assert costs[0] == costs[1]
    assert costs[1] <= 15
