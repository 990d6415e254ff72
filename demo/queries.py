"""Whom the demo offers to sign in as, and which days are worth moving the clock to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet

from core import clock
from core.accounts.models import User
from core.accounts.roles import ROLE_LABELS, Role
from loans.models import Loan

DEMO_DOMAIN = "@demo.example"
MOST_PER_ROLE = 8


@dataclass(frozen=True)
class RoleLogins:
    """Some people of one role. No role: those who apply and borrow."""

    role: Role | None
    label: Any
    people: list[User]


def demo_users() -> QuerySet[User]:
    return User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)


def demo_logins(applicants_label: Any) -> list[RoleLogins]:
    """The demo's people by role, applicants and founders first. Two queries, whatever their number."""
    applicants = demo_users().filter(groups=None).prefetch_related("businesses").order_by("pk")
    rows = [RoleLogins(None, applicants_label, list(applicants[:MOST_PER_ROLE]))]
    by_role: dict[str, list[User]] = {}
    for user in demo_users().exclude(groups=None).prefetch_related("groups").order_by("pk"):
        for group in user.groups.all():
            by_role.setdefault(group.name, []).append(user)
    rows += [RoleLogins(role, ROLE_LABELS[role], by_role.get(role, [])[:MOST_PER_ROLE]) for role in Role]
    return [row for row in rows if row.people]


def next_due_date(user: Any) -> date | None:
    """When an instalment falls due next: of this person's loans, else of anybody's."""
    ahead = Loan.objects.filter(next_due_on__gt=clock.today())
    if user.is_authenticated:
        own: date | None = ahead.filter(borrower=user).aggregate(first=Min("next_due_on"))["first"]
        if own:
            return own
    first: date | None = ahead.aggregate(first=Min("next_due_on"))["first"]
    return first
