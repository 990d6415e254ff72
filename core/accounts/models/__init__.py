from core.accounts.models.business import Business, Membership
from core.accounts.models.change import BusinessChange
from core.accounts.models.closing import AccountClosing
from core.accounts.models.consent import Consent, ConsentText
from core.accounts.models.invitation import Invitation
from core.accounts.models.user import User

__all__ = [
    "AccountClosing",
    "Business",
    "BusinessChange",
    "Consent",
    "ConsentText",
    "Invitation",
    "Membership",
    "User",
]
