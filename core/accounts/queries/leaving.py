"""What hangs on an account by itself: a role, and businesses that would be left without an owner."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.leaving import Holding
from core.accounts.models import Business, Membership, User

OWNERS = Count("memberships", filter=Q(memberships__part=Membership.Part.OWNER))


def own_holdings(user: User) -> Iterator[Holding]:
    """For ``core.accounts.leaving``."""
    if user.role_names or user.is_superuser:
        yield Holding(
            _("Your work here"),
            _("Your account has a role in the office or among the mentors. An administrator ends it first."),
            must_end=True,
        )
    for business in shared_businesses(user).annotate(owners=OWNERS).filter(owners=1):
        if business.memberships.filter(user=user, part=Membership.Part.OWNER).exists():
            yield Holding(
                business.name,
                _("Others act for this business too. Make one of them its owner first."),
                must_end=True,
                url=reverse("business_people", args=[business.pk]),
            )


def shared_businesses(user: User) -> QuerySet[Business]:
    """Businesses that others act for too: they stay, whoever leaves."""
    return _counted(user).filter(people__gt=1)


def sole_businesses(user: User) -> QuerySet[Business]:
    """Businesses that nobody else acts for."""
    return _counted(user).filter(people=1)


def _counted(user: User) -> QuerySet[Any]:
    mine = Membership.objects.filter(user=user).values("business")
    return Business.objects.filter(pk__in=mine).annotate(people=Count("memberships", distinct=True))
