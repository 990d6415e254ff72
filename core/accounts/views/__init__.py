from core.accounts.views.businesses import (
    business_create,
    business_edit,
    business_list,
    business_member_add,
    business_member_remove,
)
from core.accounts.views.leaving import leave, left
from core.accounts.views.me import home_for_user, me
from core.accounts.views.profile import news_choice, profile

__all__ = [
    "business_create",
    "business_edit",
    "business_list",
    "business_member_add",
    "business_member_remove",
    "home_for_user",
    "leave",
    "left",
    "me",
    "news_choice",
    "profile",
]
