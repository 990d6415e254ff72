from django.db.models import QuerySet

from core.accounts.models import User
from core.notices.models import Notice


def notices_for(user: User) -> QuerySet[Notice]:
    """The notices sent to this person, newest first."""
    return Notice.objects.filter(recipient=user).defer("body_html")
