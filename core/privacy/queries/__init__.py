from typing import Any

from django.db.models import QuerySet

from core.privacy.models import AccessLog


def accesses_for(user: Any) -> QuerySet[AccessLog]:
    """The access log for those who review it."""
    if not user.has_perm("privacy.view_accesslog"):
        return AccessLog.objects.none()
    return AccessLog.objects.select_related("by", "owner", "content_type")
