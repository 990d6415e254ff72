"""Who can't evaluate whom (제척), as far as the platform knows."""

from django.utils.translation import gettext as _

from core.accounts.models import Membership, User
from incubator.models import Application


def conflict_between(application: Application, mentor: User) -> str:
    """Why ``mentor`` is barred from ``application``; empty when nothing is known against it."""
    if application.applicant_id == mentor.pk:
        return _("it is their own application.")
    if _share_a_business(application, mentor):
        return _("they belong to the applicant’s business.")
    for member in application.team.all():
        if (member.email and member.email.lower() == mentor.email.lower()) or member.name == mentor.name:
            return _("they are named in the applicant’s team.")
    return ""


def _share_a_business(application: Application, mentor: User) -> bool:
    theirs = Membership.objects.filter(user=mentor)
    if application.business_id and theirs.filter(business=application.business_id).exists():
        return True
    return theirs.filter(business__memberships__user=application.applicant_id).exists()
