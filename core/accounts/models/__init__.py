from core.accounts.models.business import Business, Membership
from core.accounts.models.closing import AccountClosing
from core.accounts.models.consent import Consent, ConsentText
from core.accounts.models.user import User

__all__ = ["AccountClosing", "Business", "Consent", "ConsentText", "Membership", "User"]
