"""Every URL of ours, as every role. The rows stand in ``access/``; see its docstring for the format."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView

from tests.contracts.access import ANONYMOUS, DENIED, LOGIN, ROLES, Access, OfficeViews, World, listed
from tests.contracts.urls import methods_of, our_urls, posted_to


def rows():
    for row in listed():
        if isinstance(row, OfficeViews):
            yield from row.rows(our_urls(), posted_to())
        else:
            yield row


ROWS = list(rows())


def test_every_url_of_ours_is_listed():
    unlisted = sorted(set(our_urls()) - {row.url for row in ROWS})
    assert not unlisted, "no row in tests/contracts/access for:\n" + "\n".join(
        f"  {name}  ({our_urls()[name]})" for name in unlisted
    )


def test_every_url_that_takes_a_post_has_a_row_of_one():
    unlisted = sorted(posted_to() - {row.url for row in ROWS if row.method == "post"})
    assert not unlisted, "no row of a POST in tests/contracts/access for:\n  " + "\n  ".join(unlisted)


def test_the_methods_of_a_view_are_found():
    """The control: under every decorator, and in both kinds of views."""
    assert methods_of(login_required(require_POST(lambda request: None))) == {"POST"}
    assert methods_of(require_safe(login_required(lambda request: None))) == {"GET", "HEAD"}
    assert "POST" in methods_of(never_cache(lambda request: None))
    assert "POST" not in methods_of(TemplateView.as_view())
    assert "POST" in methods_of(never_cache(FormView.as_view()))
    assert "POST" not in methods_of(FormView.as_view(http_method_names=["get"]))


def test_every_row_names_a_url_of_ours():
    names = {row.url for row in listed() if isinstance(row, Access)}
    assert sorted(names - set(our_urls())) == []
    namespaces = {row.namespace for row in listed() if isinstance(row, OfficeViews)}
    assert sorted(namespaces - {name.rpartition(":")[0] for name in our_urls()}) == []


def test_an_unlisted_url_is_found():
    """The negative control: without its row, a URL of ours is reported."""
    assert "health_live" in set(our_urls()) - {row.url for row in ROWS if row.url != "health_live"}


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=[f"{row.method}-{row.url}-{at}" for at, row in enumerate(ROWS)])
def test_every_role_gets_what_its_row_says(row):
    world = World()
    url, data = reverse(row.url, kwargs=row.args(world)), row.data(world)
    wrong = []
    for role in ROLES:
        with transaction.atomic():
            client = Client()
            if role != ANONYMOUS:
                client.force_login(world.user(role), backend="django.contrib.auth.backends.ModelBackend")
            response = getattr(client, row.method)(url, data)
            if response.streaming:
                list(response)  # read to its end, which closes the file
            transaction.set_rollback(True)
        got, expected = result(response, role), row.expected(role)
        if got != expected:
            wrong.append(f"{role}: expected {expected}, got {got}")
    assert not wrong, f"{row.method.upper()} {url}\n" + "\n".join(wrong)


def result(response, role):
    """The response in the words of the rows."""
    if response.status_code == 403:
        return DENIED
    if response.status_code not in {301, 302}:
        return response.status_code
    path = urlsplit(response["Location"]).path
    # only who is not signed in may be asked to: anybody else would be sent in circles
    return LOGIN if role == ANONYMOUS and path == reverse("account_login") else Redirect(path)


class Redirect(str):
    """Somewhere else. A row may expect the path or only the 302."""

    __slots__ = ()

    def __eq__(self, expected):
        return str(self) == expected or expected in {301, 302}

    def __ne__(self, expected):
        return not self == expected

    __hash__ = str.__hash__


@pytest.mark.parametrize("path", ["/accounts/login/", "/office/"])
def test_a_redirect_is_no_refusal(path):
    """The negative control: who is signed in and may not is told so."""
    assert result(HttpResponseRedirect(path), "applicant") != DENIED
    assert result(HttpResponseRedirect("/accounts/login/?next=/x/"), ANONYMOUS) == LOGIN
