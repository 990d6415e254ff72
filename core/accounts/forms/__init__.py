from core.accounts.forms.business import BusinessForm, InviteForm
from core.accounts.forms.leaving import LeaveForm
from core.accounts.forms.profile import NewsForm, ProfileForm
from core.accounts.forms.signup import SignupDetails

__all__ = ["BusinessForm", "InviteForm", "LeaveForm", "NewsForm", "ProfileForm", "SignupDetails"]
