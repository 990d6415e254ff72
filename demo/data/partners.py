"""Invitations to a business in every state, and a fact that its owner changed."""

from collections.abc import Mapping
from datetime import date, timedelta

from core.accounts.models import Business, Invitation, Membership, User
from core.accounts.services import (
    accept_invitation,
    invite,
    lapse_invitations,
    refuse_invitation,
    update_business,
    withdraw_invitation,
)
from demo.data.clock import at, moment
from demo.data.people import DOMAIN

MEMBER = Membership.Part.MEMBER


def load_partners(*, people: Mapping[str, User], today: date) -> None:
    """A cooperative asks around: one accepts, one refuses, one never answers, one still has time."""
    owner = people["founder6"]
    business = Business.objects.get(memberships__user=owner, memberships__part=Membership.Part.OWNER)
    if business.invitations.exists():
        return
    with at(moment(today - timedelta(days=40), 10)):
        accepted, refused, _unanswered = (
            _ask(owner, business, email)
            for email in (people["founder5"].email, people["founder2"].email, f"partner@{DOMAIN}")
        )
    with at(moment(today - timedelta(days=39), 15)):
        accept_invitation(by=people["founder5"], invitation=accepted)
        refuse_invitation(by=people["founder2"], invitation=refused)
    with at(moment(today - timedelta(days=20), 0, 20)):
        lapse_invitations()
    with at(moment(today - timedelta(days=12), 11)):
        withdraw_invitation(by=owner, invitation=_ask(owner, business, f"wrong.address@{DOMAIN}"))
        update_business(by=owner, business=business, address_detail="4층 402호")
    with at(moment(today - timedelta(days=1), 14)):
        _ask(owner, business, people["founder4"].email)


def _ask(owner: User, business: Business, email: str) -> Invitation:
    return invite(by=owner, business=business, email=email, part=MEMBER)
