from django.db.models import QuerySet

from core.accounts.models import User
from core.notices.models import Notice


def notices_for(user: User) -> QuerySet[Notice]:
    """The notices sent to this person, newest first."""
    return Notice.objects.filter(recipient=user)


def notices_for_office(user: User) -> QuerySet[Notice]:
    """What was sent to whom and whether it arrived; the words themselves are for their reader only."""
    if not user.has_perm("notices.view_notice"):
        return Notice.objects.none()
    return Notice.objects.select_related("recipient").defer("body_text")
