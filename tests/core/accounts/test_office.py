import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from core.accounts import worklist
from core.accounts.consents import LOAN, required_texts
from core.accounts.models import ConsentText, User
from core.accounts.roles import Role
from core.accounts.worklist import Todo
from core.privacy.models import AccessLog
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
USERS = "wagtailusers_users"


@pytest.fixture
def administrator(client):
    person = UserFactory(roles=[Role.ADMINISTRATOR])
    client.force_login(person)
    return person


def test_an_administrator_makes_a_colleague_and_gives_them_a_role(client, administrator):
    data = {
        "email": "staff@example.com",
        "name": "재무 담당",
        "phone": "",
        "password1": "a-long-passphrase-77",
        "password2": "a-long-passphrase-77",
        "groups": [Group.objects.get(name=Role.FINANCE_STAFF).pk],
        "is_superuser": "on",
    }
    response = client.post(reverse(f"{USERS}:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    person = User.objects.get(email="staff@example.com")
    assert person.roles == [Role.FINANCE_STAFF]
    assert not person.is_superuser


def test_roles_are_changed_and_both_looks_are_logged(client, administrator):
    person = UserFactory(roles=[Role.MENTOR])
    url = reverse(f"{USERS}:edit", args=[person.pk])
    assert client.get(url).status_code == 200
    data = {"email": person.email, "name": "새 이름", "is_active": "on", "groups": [], "is_superuser": "on"}
    assert client.post(url, data).status_code == 302
    changed = User.objects.get(pk=person.pk)
    assert (changed.name, changed.roles, changed.is_superuser) == ("새 이름", [], False)
    assert [(row.action, row.owner) for row in AccessLog.objects.order_by("sequence")] == [
        ("view", person),
        ("change", person),
    ]


def test_an_administrator_edits_themselves(client, administrator):
    assert client.get(reverse(f"{USERS}:edit", args=[administrator.pk])).status_code == 200


def test_a_superuser_is_out_of_reach_in_the_office(client, administrator):
    root = User.objects.create_superuser("root@example.com", "x", name="root")
    url = reverse(f"{USERS}:edit", args=[root.pk])
    assert client.post(
        url,
        {
            "email": root.email,
            "name": "mine",
            "password1": "a-long-passphrase-77",
            "password2": "a-long-passphrase-77",
        },
    ).status_code in {302, 403}
    root.refresh_from_db()
    assert root.name == "root"
    assert root.check_password("x")


def test_nobody_is_deleted(client, administrator):
    person = UserFactory()
    client.post(reverse(f"{USERS}:delete", args=[person.pk]))
    assert User.objects.filter(pk=person.pk).exists()


def test_people_are_found_by_name(client, administrator):
    UserFactory(name="김용산")
    UserFactory(name="이한강")
    page = client.get(reverse(f"{USERS}:index"), {"q": "용산"}).content.decode()
    assert "김용산" in page
    assert "이한강" not in page


def test_a_new_wording_is_a_new_version(client, administrator):
    old = required_texts(LOAN)[0]
    data = {
        "purpose": LOAN,
        "kind": old.kind,
        "title": old.title,
        "body": "고친 내용",
        "required": "on",
        "effective_on": "2026-01-01",
    }
    response = client.post(reverse("consent_texts:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    assert ConsentText.objects.get(body="고친 내용").version == old.version + 1
    old.refresh_from_db()
    assert old.body != "고친 내용"


# ── the first page ──────────────────────────────────────────────────────────
@pytest.mark.parametrize("role", [Role.FINANCE_STAFF, Role.PROGRAMME_STAFF, Role.AUDITOR, Role.EDITOR])
def test_staff_see_what_waits_for_them(client, monkeypatch, role):
    monkeypatch.setattr(
        worklist, "_providers", [lambda user: [Todo("연체 3건", "/office/overdue/", count=3)]]
    )
    client.force_login(UserFactory(roles=[role]))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "연체 3건" in page
    assert "/office/overdue/" in page


def test_panels_about_pages_are_for_those_who_write_pages(client):
    def panels(role):
        client.force_login(UserFactory(roles=[role]))
        response = client.get(reverse("wagtailadmin_home"))
        return [type(panel).__name__ for panel in response.context["panels"]]

    assert "RecentEditsPanel" in panels(Role.EDITOR)
    assert "RecentEditsPanel" not in panels(Role.FINANCE_STAFF)
    assert panels(Role.FINANCE_STAFF)[0] == "WorklistPanel"


def test_the_list_of_people_costs_the_same_for_3_and_30(client, administrator, count_queries):
    costs = []
    client.get(reverse(f"{USERS}:index"))
    for number in (3, 27):
        UserFactory.create_batch(number, roles=[Role.MENTOR])
        costs.append(count_queries(lambda: client.get(reverse(f"{USERS}:index"))))
    assert costs[0] == costs[1]
    assert costs[1] <= 15


def test_an_address_is_one_however_it_is_typed(client, administrator):
    data = {
        "email": "New.Staff@Example.com",
        "name": "재무 담당",
        "password1": "a-long-passphrase-77",
        "password2": "a-long-passphrase-77",
    }
    assert client.post(reverse(f"{USERS}:add"), data).status_code == 302
    person = User.objects.get(email="new.staff@example.com")
    again = client.post(reverse(f"{USERS}:add"), data | {"email": "NEW.staff@example.com"})
    assert set(again.context["form"].errors) == {"email"}
    url = reverse(f"{USERS}:edit", args=[administrator.pk])
    taken = client.post(url, {"email": person.email.upper(), "name": "관리자", "is_active": "on"})
    assert set(taken.context["form"].errors) == {"email"}
