"""From asking somebody to act for a business to their yes: only that makes a member."""

from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import Business, Invitation, Membership, User
from core.accounts.notices import tell_invited
from core.accounts.queries import person_at
from core.errors import NotAllowed
from core.workflow.actors import SYSTEM
from core.workflow.perform import lock, perform

MOST_A_DAY: Final = 20
State, Part = Invitation.State, Membership.Part


@transaction.atomic
def invite(*, by: User, business: Business, email: str, part: str) -> Invitation:
    """Ask whoever has ``email`` to act for the business; they are told once the address is theirs.

    Whether an account exists changes nothing that the owner sees. A second click gives the invitation of the
    first. Raises ``ValidationError`` for a member, an address that is invited to another part, or too many.
    """
    row = Business.objects.select_for_update().get(pk=business.pk)
    if not by.has_perm("accounts.change_business", row):
        raise NotAllowed
    email, part = email.strip().lower(), Part(part)
    _lapse(row.invitations.filter(email=email))
    if waiting := row.invitations.filter(email=email, state=State.OPEN).first():
        if waiting.part != part:
            raise ValidationError(
                {"email": _("This address is invited to another part already. Take that back first.")}
            )
        return waiting
    _refuse_needless(row, email, part)
    now = clock.now()
    invitation = Invitation.objects.create(
        business=row,
        email=email,
        part=part,
        invited_by=by,
        invited=person_at(email),
        invited_at=now,
        expires_at=now + Invitation.LASTS,
    )
    tell_invited(invitation)
    return invitation


@transaction.atomic
def accept_invitation(*, by: User, invitation: Invitation, expected_version: int | None = None) -> Membership:
    """The invited person joins, or becomes an owner of what they are a member of. Nothing is ever taken."""
    row = perform(
        _answered_by(by, invitation), "accept", by=by, expected_version=expected_version, at=clock.now()
    )
    membership, _is_new = Membership.objects.get_or_create(
        business=row.business, user=by, defaults={"part": row.part}
    )
    if row.part == Part.OWNER and membership.part != Part.OWNER:
        membership.part = Part.OWNER
        membership.save(update_fields=["part"])
    return membership


@transaction.atomic
def refuse_invitation(*, by: User, invitation: Invitation, expected_version: int | None = None) -> Invitation:
    """The invited person does not want to."""
    return perform(_answered_by(by, invitation), "refuse", by=by, expected_version=expected_version)


@transaction.atomic
def withdraw_invitation(
    *, by: User, invitation: Invitation, expected_version: int | None = None
) -> Invitation:
    """An owner takes it back."""
    return perform(invitation, "withdraw", by=by, expected_version=expected_version)


@transaction.atomic
def lapse_invitations() -> int:
    """End what nobody answered in time. Returns how many."""
    return _lapse(Invitation.objects.all())


@transaction.atomic
def welcome_address(*, user: User, email: str) -> None:
    """The person has confirmed ``email``: tell them of what waits for it."""
    waiting = Invitation.objects.select_for_update().filter(
        Q(invited=None) | ~Q(invited=user),
        email=email.lower(),
        state=State.OPEN,
        expires_at__gt=clock.now(),
    )
    for invitation in waiting:
        invitation.invited = user
        invitation.save(update_fields=["invited"])
        tell_invited(invitation)


def _answered_by(by: User, invitation: Invitation) -> Invitation:
    """Once it is answered its address is masked: who answered is what lets them see it."""
    row = lock(invitation)
    if row.invited_id != by.pk and by.has_perm("accounts.answer_invitation", row):
        row.invited = by
        row.save(update_fields=["invited"])
    return row


def _lapse(invitations: models.QuerySet[Invitation]) -> int:
    now = clock.now()
    over = list(invitations.filter(state=State.OPEN, expires_at__lte=now))
    for invitation in over:
        perform(invitation, "lapse", by=SYSTEM, at=now)
    return len(over)


def _refuse_needless(business: Business, email: str, part: str) -> None:
    member = business.memberships.filter(user__email=email).first()
    if member is not None and (member.part == Part.OWNER or part == Part.MEMBER):
        raise ValidationError({"email": _("This person acts for the business already.")})
    lately = business.invitations.filter(invited_at__gt=clock.now() - timedelta(days=1)).count()
    if lately >= MOST_A_DAY:
        raise ValidationError(
            _("At most %(most)s people can be invited in a day. Please go on tomorrow.")
            % {"most": MOST_A_DAY}
        )
