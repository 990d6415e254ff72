from core.accounts.forms.business import BusinessForm, MemberForm
from core.accounts.forms.leaving import LeaveForm
from core.accounts.forms.profile import NewsForm, ProfileForm
from core.accounts.forms.signup import SignupDetails

__all__ = ["BusinessForm", "LeaveForm", "MemberForm", "NewsForm", "ProfileForm", "SignupDetails"]
