"""Applications, always scoped to who asks."""

from django.db.models import F, QuerySet

from core.accounts.models import User
from incubator.models import Agreement, Application, Call


def own_applications(user: User) -> QuerySet[Application]:
    """The user's own, for the applicant's pages."""
    return Application.objects.filter(applicant=user).select_related(
        "call", "call__programme", "stage", "business", "applicant"
    )


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
