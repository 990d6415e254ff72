"""Places that become free go to the waiting list, in its order."""

from datetime import date, timedelta

from django.db import transaction

from core import clock
from core.accounts.models import User
from core.workflow.actors import SYSTEM
from core.workflow.perform import lock, perform
from incubator.models import Application, Call
from incubator.services.access import require

DAYS_TO_SIGN = 10


def agreement_due_for(call: Call) -> date:
    """The day announced in the call, but always with time enough for somebody promoted later."""
    soonest = clock.today() + timedelta(days=DAYS_TO_SIGN)
    return max(call.agreement_due_on, soonest) if call.agreement_due_on else soonest


@transaction.atomic
def fill_free_places(*, call: Call) -> list[Application]:
    """Promote from the waiting list while places are free. The platform does it itself."""
    locked = lock(call)
    taken = Application.objects.filter(call=locked, state__in=Application.PLACED).count()
    waiting = Application.objects.filter(call=locked, state=Application.State.WAITLISTED)
    free = max(locked.places - taken, 0)
    return [
        perform(application, "promote", by=SYSTEM, agreement_due_on=agreement_due_for(locked))
        for application in waiting.order_by("waitlist_rank", "pk")[:free]
    ]


@transaction.atomic
def decline_place(
    *, by: User, application: Application, reason: str = "", expected_version: int | None = None
) -> Application:
    """The applicant gives the place up; the next on the waiting list moves up."""
    lock(application.call)
    row = perform(application, "decline", by=by, reason=reason, expected_version=expected_version)
    fill_free_places(call=row.call)
    return row


@transaction.atomic
def lapse_place(
    *, by: User, application: Application, reason: str = "", expected_version: int | None = None
) -> Application:
    """Staff give the place of somebody who did not sign in time to the next."""
    require(by, "incubator.decide_stage")
    lock(application.call)
    row = perform(
        application, "lapse", by=by, reason=reason, expected_version=expected_version, on=clock.today()
    )
    fill_free_places(call=row.call)
    return row
