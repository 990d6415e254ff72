from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.accounts import sections, worklist
from core.accounts.roles import Role
from core.accounts.sections import Row, Section
from core.accounts.worklist import Todo, todos_for
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def providers(monkeypatch):
    """No providers but those of the test."""
    monkeypatch.setattr(worklist, "_providers", [])
    monkeypatch.setattr(sections, "_providers", [])


def test_the_most_urgent_comes_first_and_what_has_no_date_last(providers):
    soon, today = clock.now() + timedelta(hours=1), clock.today()
    worklist.register(
        lambda user: [Todo("언제든", "/a/"), Todo("모레", "/b/", due=today + timedelta(days=2))]
    )
    worklist.register(
        lambda user: [Todo("곧", "/c/", due=soon), Todo("지난 일", "/d/", due=today - timedelta(days=3))]
    )
    todos = todos_for(UserFactory())
    assert [todo.title for todo in todos] == ["지난 일", "곧", "모레", "언제든"]
    assert [todo.is_late for todo in todos] == [True, False, False, False]


def test_a_day_ends_at_midnight(providers):
    assert not Todo("오늘까지", "/", due=clock.today()).is_late


def test_the_page_shows_what_waits_and_where_everything_stands(providers, client):
    worklist.register(
        lambda user: [
            Todo("서류를 다시 올려 주세요", "/fix/", due=clock.today()),
            Todo("협약에 서명해 주세요", "/sign/"),
        ]
    )
    sections.register(
        lambda user: [
            Section("내 신청", [Row("굿파트너 3기", "심사 중", "info", "접수번호 GP3-0001", "/a/1/")])
        ]
    )
    client.force_login(UserFactory())
    page = client.get(reverse("me")).content.decode()
    for words in (
        "서류를 다시 올려 주세요",
        "협약에 서명해 주세요",
        "내 신청",
        "접수번호 GP3-0001",
        "/fix/",
        "/a/1/",
    ):
        assert words in page
    assert 'class="count figure">2<' in page


def test_a_newcomer_is_led_to_the_open_calls(providers, client):
    sections.register(lambda user: [Section("내 신청", [], "아직 신청이 없어요")])
    client.force_login(UserFactory())
    page = client.get(reverse("me")).content.decode()
    assert 'href="/calls/"' in page
    assert "아직 신청이 없어요" in page


def test_what_a_person_wrote_is_escaped(providers, client):
    worklist.register(lambda user: [Todo("<script>alert(1)</script>", "/x/")])
    client.force_login(UserFactory())
    assert "<script>alert(1)" not in client.get(reverse("me")).content.decode()


def test_providers_are_asked_once_per_page(providers, client):
    asked = []
    worklist.register(lambda user: asked.append(user) or [])
    client.force_login(UserFactory())
    client.get(reverse("me"))
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("roles", "start"),
    [
        ([], "me"),
        ([Role.MENTOR], "mentor_reviews"),
        ([Role.FINANCE_STAFF], "wagtailadmin_home"),
        ([Role.MENTOR, Role.AUDITOR], "wagtailadmin_home"),
    ],
)
def test_everybody_starts_where_work_waits(client, roles, start):
    client.force_login(UserFactory(roles=roles))
    assert client.get(reverse("home_for_user")).url == reverse(start)


def test_the_page_is_for_people_who_signed_in(client):
    assert reverse("account_login") in client.get(reverse("me")).url
