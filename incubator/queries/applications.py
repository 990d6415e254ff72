"""Applications, always scoped to who asks."""

from django.db.models import F, Q, QuerySet

from core.accounts.models import User
from incubator.models import Agreement, Application, Call
from incubator.rules import can_read_office


def own_applications(user: User) -> QuerySet[Application]:
    """The user's own, for the applicant's pages."""
    return Application.objects.filter(applicant=user).select_related(
        "call", "call__programme", "stage", "business", "applicant"
    )


def applications_for(user: User) -> QuerySet[Application]:
    """What ``user`` may read: their own, and for the office everything that was handed in."""
    rows = Application.objects.select_related("call", "call__programme", "stage", "business", "applicant")
    if can_read_office(user):
        return rows.filter(Q(submitted_at__isnull=False) | Q(applicant=user))
    return rows.filter(applicant=user)


def latest_application_of(user: User) -> Application | None:
    """Where a new application takes its text from."""
    return (
        Application.objects.filter(applicant=user)
        .prefetch_related("team")
        .order_by(F("submitted_at").desc(nulls_last=True), "-pk")
        .first()
    )


def agreement_of(application: Application) -> Agreement | None:
    return Agreement.objects.filter(application=application).select_related("text").first()


def application_to(user: User, call: Call) -> Application | None:
    """The user's own application to ``call``."""
    return own_applications(user).filter(call=call).first()
