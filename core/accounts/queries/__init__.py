from core.accounts.queries.businesses import businesses_for, members_of, memberships_for

__all__ = ["businesses_for", "members_of", "memberships_for"]
