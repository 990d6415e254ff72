from core.accounts.services.businesses import (
    add_member,
    register_business,
    remove_member,
    update_business,
)
from core.accounts.services.leaving import close_account
from core.accounts.services.people import choose_news, update_profile

__all__ = [
    "add_member",
    "choose_news",
    "close_account",
    "register_business",
    "remove_member",
    "update_business",
    "update_profile",
]
