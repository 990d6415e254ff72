from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from core.privacy.models import AccessLog, AccessLogHead


def accesses_for(user: Any) -> QuerySet[AccessLog]:
    """The access log for those who review it."""
    if not user.has_perm("privacy.view_accesslog"):
        return AccessLog.objects.none()
    return AccessLog.objects.select_related("by", "owner", "content_type")


def kinds_in_the_log() -> QuerySet[ContentType]:
    """The kinds of objects that anybody has dealt with."""
    return ContentType.objects.filter(pk__in=AccessLog.objects.order_by().values("content_type"))


def named(rows: QuerySet[AccessLog], role: str, text: str) -> QuerySet[AccessLog]:
    """The rows whose ``by`` or ``owner`` has ``text`` in the name or the address."""
    in_name, in_address = (Q(**{f"{role}__{field}__icontains": text}) for field in ("name", "email"))
    return rows.filter(in_name | in_address)


def end_of_the_log() -> AccessLogHead:
    return AccessLogHead.objects.first() or AccessLogHead()
