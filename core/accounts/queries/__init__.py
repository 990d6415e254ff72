from core.accounts.queries.businesses import (
    businesses_for,
    businesses_for_office,
    changes_of,
    first_owner,
    members_of,
    memberships_for,
)
from core.accounts.queries.invitations import (
    invitations_for,
    invitations_of,
    invitations_to_answer,
    person_at,
)

__all__ = [
    "businesses_for",
    "businesses_for_office",
    "changes_of",
    "first_owner",
    "invitations_for",
    "invitations_of",
    "invitations_to_answer",
    "members_of",
    "memberships_for",
    "person_at",
]
