"""The question that every service asks first."""

from django.db import models
from rules.permissions import has_perm as rule_allows

from core.accounts.models import User
from core.errors import NotAllowed


def require(by: User, permission: str, obj: models.Model | None = None) -> None:
    """Raise ``NotAllowed`` unless the rule behind ``permission`` allows it, superuser or not."""
    if not (by.is_active and rule_allows(permission, by, obj)):
        raise NotAllowed
