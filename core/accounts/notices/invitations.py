"""Which event of an invitation tells whom what."""

from typing import Any

from django.urls import reverse

from core.accounts.models import Invitation, User
from core.notices.registry import on
from core.notices.services import queue_notice
from core.workflow.models import Change

INVITATION = "accounts.Invitation"


def tell_invited(invitation: Invitation) -> None:
    """The invited person, where the address is already somebody's; else nobody, until it is."""
    if invitation.invited is not None:
        page = reverse("invitation", args=[invitation.pk])
        _tell(invitation.invited, "invited", invitation, page, expires_at=invitation.expires_at)


@on(INVITATION, "accept")
def tell_accepted(change: Change, invitation: Invitation) -> None:
    _tell_owner("invitation_accepted", invitation, person=change.by.name if change.by else "")


@on(INVITATION, "refuse")
def tell_refused(change: Change, invitation: Invitation) -> None:
    _tell_owner("invitation_refused", invitation)


@on(INVITATION, "lapse")
def tell_lapsed(change: Change, invitation: Invitation) -> None:
    _tell_owner("invitation_lapsed", invitation)


@on(INVITATION, "withdraw")
def tell_withdrawn(change: Change, invitation: Invitation) -> None:
    if invitation.invited is not None:
        _tell(invitation.invited, "invitation_withdrawn", invitation, reverse("me"))


def _tell_owner(event: str, invitation: Invitation, **facts: Any) -> None:
    page = reverse("business_people", args=[invitation.business_id])
    _tell(invitation.invited_by, event, invitation, page, **facts)


def _tell(recipient: User, event: str, invitation: Invitation, page: str, **facts: Any) -> None:
    queue_notice(
        recipient=recipient,
        event=f"accounts.{event}",
        context={
            "business": invitation.business.name,
            "by": invitation.invited_by.name,
            "email": invitation.email,
            **facts,
        },
        dedupe_key=f"accounts.{event}:{invitation.pk}:{recipient.pk}",
        url=page,
    )
