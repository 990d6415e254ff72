"""What waits for a person because of their account."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.queries import invitations_to_answer
from core.accounts.worklist import Todo


def invitation_todos(user: User) -> Iterable[Todo]:
    for invitation in invitations_to_answer(user):
        yield Todo(
            title=_("Answer the invitation of “%(business)s”") % {"business": invitation.business.name},
            url=reverse("invitation", args=[invitation.pk]),
            due=invitation.expires_at,
            kind="invitation",
            detail=_("%(name)s asks you to act for this business.") % {"name": invitation.invited_by.name},
        )
