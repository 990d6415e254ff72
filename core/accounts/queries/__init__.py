from core.accounts.queries.businesses import (
    businesses_for,
    businesses_for_office,
    changes_of,
    first_owner,
    members_of,
    memberships_for,
)

__all__ = [
    "businesses_for",
    "businesses_for_office",
    "changes_of",
    "first_owner",
    "members_of",
    "memberships_for",
]
