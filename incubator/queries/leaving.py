"""What of the programmes hangs on an account."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.leaving import Holding
from core.accounts.models import User
from core.accounts.queries.leaving import sole_businesses
from incubator.models import Application, Review

State = Application.State
UNDER_WAY = frozenset({*Application.OPEN_BEFORE_RESULT, State.WAITLISTED, State.SELECTED})


def holdings(user: User) -> Iterator[Holding]:
    """Applications that were handed in, and reviews that were written. Drafts are nobody's business."""
    handed_in = user.applications.filter(submitted_at__isnull=False).select_related("call")
    for application in handed_in.order_by("submitted_at"):
        title = f"{application.call.title} · {application.get_state_display()}"
        if application.state in UNDER_WAY:
            yield Holding(
                title,
                _("Your application is under way. Please withdraw it first, or wait for its result."),
                must_end=True,
                url=reverse("application_status", args=[application.pk]),
            )
        else:
            yield Holding(
                title,
                _(
                    "Kept for the period that the call names; without one, until the programme and its "
                    "follow-up have ended."
                ),
            )
    named = applications_naming(user).filter(submitted_at__isnull=False).select_related("business")
    for business in dict.fromkeys(application.business for application in named.order_by("submitted_at")):
        yield Holding(str(business), _("Somebody else's application names it. Kept as long as that."))
    if Review.objects.filter(evaluator=user).exists():
        yield Holding(
            _("Reviews that you wrote"), _("Kept as long as the applications that were chosen by them.")
        )


def applications_naming(user: User) -> QuerySet[Application]:
    """Applications of others for a business that nobody but ``user`` acts for any more."""
    alone = sole_businesses(user).values("pk")
    return Application.objects.filter(business__in=alone).exclude(applicant=user)
