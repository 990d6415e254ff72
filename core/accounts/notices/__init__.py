"""What people are told about their accounts and businesses."""

from core.accounts.notices.entrance import tell_at_entrance
from core.accounts.notices.invitations import tell_invited

__all__ = ["tell_at_entrance", "tell_invited"]
