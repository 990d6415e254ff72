from core.accounts.services.businesses import (
    register_business,
    remove_member,
    update_business,
)
from core.accounts.services.invitations import (
    accept_invitation,
    invite,
    lapse_invitations,
    refuse_invitation,
    welcome_address,
    withdraw_invitation,
)
from core.accounts.services.leaving import close_account
from core.accounts.services.people import choose_news, update_profile

__all__ = [
    "accept_invitation",
    "choose_news",
    "close_account",
    "invite",
    "lapse_invitations",
    "refuse_invitation",
    "register_business",
    "remove_member",
    "update_business",
    "update_profile",
    "welcome_address",
    "withdraw_invitation",
]
