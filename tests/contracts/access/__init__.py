"""Who may reach what: one row per URL of ours, as every role. ``test_access.py`` walks them all.

Each app lists its rows as ``ROWS`` in a module of this package, named after the app. A URL without a row fails
the test, and so does a row without a URL. Nothing is open unless its row says so:

- ``anonymous`` is sent to the login unless given;
- every signed-in role that is not given is ``DENIED``.

A row names what each role gets: a status (``200``, ``302``, ``404`` …), ``LOGIN`` (sent to the login page),
``DENIED`` (403) or a path (redirected there). Shorthands for roles that are not given by name: ``office`` (all who work in the
office), ``signed_in`` (everybody with an account), ``everyone``. A name beats a shorthand, the narrower
shorthand beats the wider.

``args`` makes what the URL needs from a :class:`World` (its people), through the factories of the tests, and
returns the URL's keyword arguments; ``data`` the same for the fields of a POST (or the query of a GET). Each
role's request runs on that same data and is rolled back. Several rows may describe one URL (GET and POST, an
object in scope and one out of scope); a view that takes a POST needs a row of one.

    def submitted(world):
        return {"pk": ApplicationFactory(applicant=world.applicant, submitted=True).pk}

    ROWS = [
        Access("health_live", everyone=200),
        Access("me", signed_in=200),
        Access("application_status", args=submitted, applicant=200, signed_in=404),
        Access("application_submit", "post", args=draft, applicant=302, signed_in=404),
        Access("jobs_plan", everyone=200),
        # a Wagtail viewset: all its URLs at once; what is in no list is DENIED for the role
        OfficeViews("calls", args=call, see=["programme_staff", "auditor"], change=["programme_staff"]),
        # a view of ours inside the office
        Access("screening_queue", programme_staff=200, auditor=200),
    ]
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import Group

from core.accounts.models import User
from core.accounts.roles import OFFICE_ROLES, Role

ANONYMOUS = "anonymous"
ROLES = [ANONYMOUS, "applicant", "other_applicant", *(role.value for role in Role)]
OFFICE = frozenset(role.value for role in OFFICE_ROLES)
LOGIN = "login"
DENIED = "denied"
SHORTHANDS = frozenset({"office", "signed_in", "everyone"})
# what Wagtail's viewsets call their views; other names need a row of their own
SEE = frozenset(
    {
        *("index", "index_results", "list", "list_results", "inspect"),
        *("history", "history_results", "usage", "usage_results"),
    }
)
CHANGE = frozenset({"add", "create", "edit", "copy", "reorder", "preview_on_add", "preview_on_edit"})
WITHOUT_OBJECT = frozenset(
    {"index", "index_results", "list", "list_results", "add", "create", "preview_on_add"}
)


class World:
    """The people of the matrix, one per role; made for each test."""

    def __init__(self) -> None:
        self.people: dict[str, User] = {}
        for role in ROLES[1:]:
            user = User.objects.create_user(email=f"{role}@example.com", name=role)
            if role in set(Role):
                user.groups.add(Group.objects.get(name=role))
            self.people[role] = user

    def __getattr__(self, role: str) -> User:
        try:
            return self.people[role]
        except KeyError:
            raise AttributeError(role) from None

    def user(self, role: str) -> User:
        """As a request would load it, without what an earlier one cached."""
        return User.objects.get(pk=self.people[role].pk)


Make = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, init=False)
class Access:
    """One row: a URL, a method, what it needs, and what each role gets."""

    url: str
    method: str
    args: Make
    data: Make
    results: dict[str, int | str] = field(hash=False)

    def __init__(
        self,
        url: str,
        method: str = "get",
        *,
        args: Make = nothing,
        data: Make = nothing,
        **results: int | str,
    ) -> None:
        unknown = set(results) - set(ROLES) - SHORTHANDS
        if unknown:
            raise TypeError(f"{url}: no such role: {sorted(unknown)}")
        for name, value in {
            "url": url,
            "method": method,
            "args": args,
            "data": data,
            "results": results,
        }.items():
            object.__setattr__(self, name, value)

    def expected(self, role: str) -> int | str:
        wider = ["everyone"] if role == ANONYMOUS else ["signed_in", "everyone"]
        for name in [role, *(["office"] if role in OFFICE else []), *wider]:
            if name in self.results:
                return self.results[name]
        return LOGIN if role == ANONYMOUS else DENIED


@dataclass(frozen=True)
class OfficeViews:
    """All URLs of a Wagtail viewset, by its URL namespace. ``args`` is asked by those that need an object.

    A form is also sent empty, which shows it again; what can be deleted is deleted.
    """

    namespace: str
    args: Make = nothing
    see: Iterable[str] = ()
    change: Iterable[str] = ()
    delete: Iterable[str] = ()

    def rows(self, names: Iterable[str], posted_to: Iterable[str]) -> list[Access]:
        """The rows for those of ``names`` that are in the namespace and are Wagtail's usual ones."""
        found = [row for name in sorted(names) if (row := self._row(name, "get", 200))]
        for name in sorted(posted_to):
            row = self._row(name, "post", 302 if name.endswith(":delete") else 200)
            found += [row] if row else []
        return found

    def _row(self, url: str, method: str, result: int) -> Access | None:
        namespace, _, name = url.rpartition(":")
        kinds = {**dict.fromkeys(SEE, self.see), **dict.fromkeys(CHANGE, self.change), "delete": self.delete}
        if namespace != self.namespace or name not in kinds:
            return None
        args = nothing if name in WITHOUT_OBJECT else self.args
        return Access(url, method, args=args, **dict.fromkeys(kinds[name], result))


def form(url: str, args: Make = nothing, **results: int | str) -> list[Access]:
    """A form of the office: to read, and sent empty, which shows it again to whoever may send it."""
    return [Access(url, method, args=args, **results) for method in ("get", "post")]


def deletion(url: str, args: Make = nothing, **results: int | str) -> list[Access]:
    """The page that asks whether to delete, and the deletion, which leads elsewhere."""
    done = {role: 302 if result == HTTPStatus.OK else result for role, result in results.items()}
    return [Access(url, args=args, **results), Access(url, "post", args=args, **done)]


def listed() -> list[Access | OfficeViews]:
    """The rows of every module in this package."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [row for name in modules for row in importlib.import_module(f"{__name__}.{name}").ROWS]
