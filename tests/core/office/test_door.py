"""Who gets into the office, and that there is one way to sign in."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from taggit.models import Tag
from wagtail.models import ModelLogEntry

from cms.models import HomePage
from core.accounts.models import User
from core.accounts.roles import Role
from core.privacy.services import record_access
from tests.core.accounts.factories import UserFactory
from tests.loans.factories import loan

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
PASSWORD = "a-long-passphrase-77"


@pytest.fixture
def person(client):
    """Signs somebody in with these roles."""

    def sign_in(*roles):
        user = UserFactory(roles=roles)
        client.force_login(user)
        return user

    return sign_in


# ── the wrong person is told so ─────────────────────────────────────────────
@pytest.mark.parametrize("roles", [[], [Role.MENTOR]])
@pytest.mark.parametrize("url", ["/office/", "/office/loans/loans/", "/office/pages/", "/office/account/"])
def test_who_does_not_work_here_gets_the_page_of_a_refusal(client, person, roles, url):
    user = person(*roles)
    response = client.get(url)
    assert response.status_code == 403
    page = response.content.decode()
    assert "error-page" in page
    assert user.email in page


def test_staff_of_another_kind_get_it_too(client, person):
    person(Role.EDITOR)
    for url in ("/office/loans/loans/", reverse("wagtailusers_users:index"), "/office/workflows/list/"):
        response = client.get(url)
        assert response.status_code == 403, url
        assert "error-page" in response.content.decode()
    assert not list(client.get("/office/").context["messages"])


def test_the_anonymous_are_asked_to_log_in(client):
    response = client.get("/office/loans/loans/?q=a")
    assert response.status_code == 302
    assert response["Location"] == f"{LOGIN}?next=/office/loans/loans/%3Fq%3Da"


def test_a_script_of_a_page_is_refused_without_a_redirect(client, person):
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get("/office/", headers=script).status_code == 403
    person()
    assert client.get("/office/", headers=script).status_code == 403


# ── one way to sign in ──────────────────────────────────────────────────────
@pytest.mark.parametrize("url", ["/office/login/", "/_util/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_logins_lead_to_ours(client, url, method):
    User.objects.create_user(email="editor@example.com", password=PASSWORD)
    data = {"username": "editor@example.com", "password": PASSWORD, "next": "/office/pages/"}
    response = getattr(client, method)(url, data)
    assert response.status_code == 302
    assert response["Location"] == f"{LOGIN}?next=/office/pages/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("wanted", ["", "https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_they_lead_nowhere_else(client, wanted):
    assert client.get("/office/login/", {"next": wanted})["Location"] == LOGIN


@pytest.mark.parametrize("path", ["", "done/", "confirm/MQ/set-password/", "complete/"])
def test_wagtails_password_reset_leads_to_ours(client, path):
    for method in (client.get, client.post):
        response = method(f"/office/password_reset/{path}")
        assert (response.status_code, response["Location"]) == (302, reverse("account_reset_password"))


# ── what the office does not offer ──────────────────────────────────────────
@pytest.mark.parametrize("action", ["assign_role", "set_active_state", "delete"])
def test_people_are_changed_one_by_one(client, person, action):
    """Wagtail's bulk actions would give a superuser a role, past our services and the access log."""
    person(Role.ADMINISTRATOR)
    root = User.objects.create_superuser("root@example.com", PASSWORD, name="root")
    url = f"/office/bulk/accounts/user/{action}/?id={root.pk}"
    role = Group.objects.get(name=Role.FINANCE_APPROVER)
    data = {"role": role.pk, "mark_as_active": "false"}
    assert client.get(url).status_code == 404
    assert client.post(url, data).status_code == 404
    root.refresh_from_db()
    assert (root.is_active, root.groups.count()) == (True, 0)


def test_pages_are_still_published_together(client, person):
    person(Role.ADMINISTRATOR)
    from wagtail.models import Page

    page = Page.objects.filter(depth__gte=3).first()
    assert client.get(f"/office/bulk/wagtailcore/page/unpublish/?id={page.pk}").status_code == 200


# ── what nobody asks, but anybody can ───────────────────────────────────────
SEARCHES = [
    ("loans/loans/", "q"),
    ("loans/loans/results/", "q"),
    ("users/", "q"),
    ("users/results/", "q"),
    ("workflows/task_chooser/", "q"),
    ("images/", "q"),
    ("images/chooser/", "q"),
    ("images/chooser/results/", "q"),
    ("documents/", "q"),
    ("documents/chooser/", "q"),
    ("pages/search/", "q"),
    ("pages/search/results/", "q"),
    ("choose-page/search/", "q"),
    ("reports/site-history/", "label"),
    ("reports/access-log/", "by"),
    ("reports/access-log/", "owner"),
    ("tag-autocomplete/", "term"),
]


@pytest.fixture
def much(person):
    """In every list something to look through, and somebody who reads them all."""
    user = person(Role.ADMINISTRATOR, Role.EDITOR, Role.AUDITOR)
    loan("active")
    Tag.objects.create(name="봄")
    ModelLogEntry.objects.log_action(instance=user, action="wagtail.edit", user=user)
    record_access(by=user, action="view", owner=user, obj=user)
    return user


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize(("url", "name"), SEARCHES, ids=lambda value: value)
def test_endless_words_are_looked_for_as_far_as_anything_is_long(client, url, name):
    answer = client.get(f"/office/{url}", {name: "가" * 60_000})
    assert answer.status_code == 200
    assert "가" * 201 not in answer.content.decode()


def test_words_are_looked_for_as_they_are_asked(client, person):
    named = UserFactory(name="가" * 60)
    person(Role.ADMINISTRATOR)
    for words, found in (("가" * 60, [named]), ("가" * 61, []), ("가" * 60_000, [])):
        assert list(client.get("/office/users/", {"q": words}).context["object_list"]) == found


CHOICES = [
    *(("pages/{home}/", name) for name in ("site", "content_type", "owner", "edited_by")),
    ("users/", "group"),
    ("loans/loans/", "product"),
    ("loans/loans/", "p"),
    ("reports/access-log/", "kind"),
    ("images/", "collection_id"),
    ("documents/", "collection_id"),
    ("reports/site-history/", "user"),
]


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize(("url", "name"), CHOICES, ids=lambda value: value)
@pytest.mark.parametrize("number", [10**20, -(10**20), "9" * 5000, "x", "null"])
def test_a_list_bears_a_choice_under_a_number_of_no_row(client, url, name, number):
    home = HomePage.objects.get().pk
    assert client.get(f"/office/{url.format(home=home)}", {name: number}).status_code == 200


def test_a_list_is_still_narrowed_to_what_is_chosen(client, person):
    person(Role.ADMINISTRATOR)
    mentors = {UserFactory(roles=[Role.MENTOR]) for _ in range(2)}
    UserFactory()
    group = Group.objects.get(name=Role.MENTOR).pk
    assert set(client.get("/office/users/", {"group": group}).context["object_list"]) == mentors
