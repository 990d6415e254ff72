"""What waits for people because of an application: on their own page and in the office."""

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import User
from core.accounts.roles import is_mentor, is_programme_staff
from core.accounts.sections import Row, Section
from core.accounts.worklist import Todo
from incubator.models import Application
from incubator.queries.applications import own_applications
from incubator.queries.journey import STATUS_KIND, next_action
from incubator.queries.office import staff_queues
from incubator.queries.reviews import open_reviews_for

WAITING_FOR_APPLICANT = (Application.State.DRAFT, Application.State.RETURNED, Application.State.SELECTED)
STAFF_ACT_ON = frozenset({"to_check", "to_assign", "to_decide", "unsigned"})
SHOWN = 5


def todos(user: User) -> Iterable[Todo]:
    """The applicant's next step, the mentor's open reviews, the queues of programme staff."""
    yield from _applicant_todos(user)
    if is_mentor(user):
        yield from _mentor_todos(user)
    if is_programme_staff(user):
        yield from _staff_todos()


def sections(user: User) -> list[Section]:
    """“My applications” on the person's own page."""
    rows = [
        Row(
            title=application.title or _("Untitled"),
            status_label=application.get_state_display(),
            status_kind=STATUS_KIND[application.state],
            detail=" · ".join(filter(None, [application.call.title, application.receipt_number])),
            url=reverse("application_status", args=[application.pk]),
        )
        for application in own_applications(user).order_by("-updated_at")[:SHOWN]
    ]
    return [Section(_("My applications"), rows, _("You have not applied for anything yet."))]


def _applicant_todos(user: User) -> Iterable[Todo]:
    for application in own_applications(user).filter(state__in=WAITING_FOR_APPLICANT):
        action = next_action(application)
        if action.url:
            yield Todo(
                title=action.title,
                url=action.url,
                due=action.due,
                kind="application",
                detail=application.title or application.call.title,
            )


def _mentor_todos(user: User) -> Iterable[Todo]:
    per_stage = (
        open_reviews_for(user)
        .prefetch_related(None)
        .order_by()
        .values("stage__name", "stage__call__title", "stage__ends_on")
        .annotate(count=Count("pk"))
    )
    for row in per_stage.order_by("stage__ends_on"):
        count = row["count"]
        yield Todo(
            title=ngettext("%(count)s application to evaluate", "%(count)s applications to evaluate", count)
            % {"count": count},
            url=reverse("mentor_reviews"),
            due=row["stage__ends_on"],
            kind="review",
            detail=f"{row['stage__call__title']} · {row['stage__name']}",
            count=count,
        )


def _staff_todos() -> Iterable[Todo]:
    for queue in staff_queues():
        if queue.count and queue.key in STAFF_ACT_ON:
            yield Todo(
                title=str(queue.title),
                url=queue.url,
                kind="incubator_queue",
                count=queue.count,
            )
