from core.accounts.views.businesses import (
    business_create,
    business_edit,
    business_list,
    business_member_remove,
    business_people,
)
from core.accounts.views.invitations import (
    business_invite,
    invitation,
    invitation_accept,
    invitation_refuse,
    invitation_withdraw,
)
from core.accounts.views.leaving import leave, left
from core.accounts.views.me import home_for_user, me
from core.accounts.views.policy import privacy_policy
from core.accounts.views.profile import news_choice, profile

__all__ = [
    "business_create",
    "business_edit",
    "business_invite",
    "business_list",
    "business_member_remove",
    "business_people",
    "home_for_user",
    "invitation",
    "invitation_accept",
    "invitation_refuse",
    "invitation_withdraw",
    "leave",
    "left",
    "me",
    "news_choice",
    "privacy_policy",
    "profile",
]
