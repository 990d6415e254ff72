"""Invitations, as the invited and as the owners of a business see them."""

from typing import Any, Final

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from core import clock
from core.accounts.models import Business, Invitation, User

MOST_SHOWN: Final = 10
State = Invitation.State


def confirmed_addresses(user: User) -> QuerySet[EmailAddress, Any]:
    """The addresses of which the person has shown that they are theirs."""
    return EmailAddress.objects.filter(user=user, verified=True)


def person_at(email: str) -> User | None:
    """Who has confirmed this address, if anybody."""
    found = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True)
    address = found.select_related("user").first()
    return address.user if address else None


def invitations_for(user: User) -> QuerySet[Invitation]:
    """What waits for an address of the person, and what was theirs and is over; as ``rules`` say it."""
    waiting = Q(state=State.OPEN, email__in=confirmed_addresses(user).values("email"))
    over = ~Q(state=State.OPEN) & Q(invited=user)
    return Invitation.objects.filter(waiting | over).select_related("business", "invited_by")


def invitations_to_answer(user: User) -> QuerySet[Invitation]:
    """Those that still wait for the person, the first to lapse first."""
    waiting = invitations_for(user).filter(state=State.OPEN, expires_at__gt=clock.now())
    return waiting.order_by("expires_at", "pk")


def invitations_of(business: Business) -> list[Invitation]:
    """What was sent for the business: everything open, then the latest that ended."""
    rows = business.invitations.all()
    return [*rows.filter(state=State.OPEN), *rows.exclude(state=State.OPEN)[:MOST_SHOWN]]
