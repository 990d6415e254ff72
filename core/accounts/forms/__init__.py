from core.accounts.forms.business import BusinessForm, MemberForm
from core.accounts.forms.profile import NewsForm, ProfileForm
from core.accounts.forms.signup import SignupDetails

__all__ = ["BusinessForm", "MemberForm", "NewsForm", "ProfileForm", "SignupDetails"]
