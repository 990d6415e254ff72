"""Who may do what with people and businesses."""

from typing import Any

from allauth.account.models import EmailAddress
from rules.permissions import add_perm
from rules.predicates import predicate

from core.accounts.models import Business, Invitation, Membership, User
from core.accounts.roles import (
    OFFICE_ROLES,
    Role,
    is_administrator,
    is_signed_in,
    role_predicate,
)


@predicate
def is_owner_of(user: Any, business: Business | None) -> bool:
    return bool(
        business
        and user.is_authenticated
        and business.memberships.filter(user=user, part=Membership.Part.OWNER).exists()
    )


@predicate
def is_invited(user: Any, invitation: Invitation | None) -> bool:
    """It waits for an address that the person has confirmed and still has; once over, it was theirs."""
    if invitation is None or not user.is_authenticated:
        return False
    if invitation.state != Invitation.State.OPEN:
        return bool(invitation.invited_id == user.pk)
    return bool(EmailAddress.objects.filter(user=user, email=invitation.email, verified=True).exists())


@predicate
def owns_business_of(user: Any, invitation: Invitation | None) -> bool:
    return bool(invitation and is_owner_of(user, invitation.business))


@predicate
def is_ordinary_account(user: Any, other: User | None) -> bool:
    """Superusers are made and changed on the server, never in the office."""
    return other is None or not other.is_superuser


reads_people = role_predicate(Role.ADMINISTRATOR, Role.AUDITOR)
reads_businesses = role_predicate(*(OFFICE_ROLES - {Role.EDITOR}))

add_perm("accounts.add_business", is_signed_in)
add_perm("accounts.change_business", is_signed_in & is_owner_of)

add_perm("accounts.answer_invitation", is_signed_in & is_invited)
add_perm("accounts.withdraw_invitation", is_signed_in & owns_business_of)
add_perm("accounts.read_businesses", reads_businesses)

add_perm("accounts.view_user", reads_people)
add_perm("accounts.add_user", is_administrator)
add_perm("accounts.change_user", is_administrator & is_ordinary_account)

add_perm("accounts.view_consenttext", reads_people)
add_perm("accounts.add_consenttext", is_administrator)
