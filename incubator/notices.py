"""Which event tells whom what. Written into the outbox within the transaction of the change."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.accounts.models import User
from core.notices.registry import on
from core.notices.services import queue_notice
from core.workflow.models import Change
from incubator.models import Application, Review

APPLICATION = "incubator.Application"


def _tell(change: Change, application: Application, event: str, **facts: Any) -> None:
    queue_notice(
        recipient=application.applicant,
        event=f"incubator.{event}",
        context={
            "name": application.applicant.name,
            "title": application.title,
            "call": application.call.title,
            "receipt_number": application.receipt_number,
            **facts,
        },
        dedupe_key=f"incubator.{event}:{application.pk}:{change.version}",
        url=reverse("application_status", args=[application.pk]),
    )


@on(APPLICATION, "submit")
@on(APPLICATION, "resubmit")
def tell_submitted(change: Change, application: Application) -> None:
    at = timezone.localtime(change.at)
    _tell(
        change,
        application,
        "application_submitted",
        submitted_at=f"{at:%Y-%m-%d %H:%M:%S}",
        again=change.transition == "resubmit",
    )


@on(APPLICATION, "confirm_eligible")
def tell_eligible(change: Change, application: Application) -> None:
    _tell(change, application, "application_eligible")


@on(APPLICATION, "refuse_ineligible")
def tell_ineligible(change: Change, application: Application) -> None:
    _tell(change, application, "application_ineligible", reason=change.reason)


@on(APPLICATION, "advance")
def tell_advanced(change: Change, application: Application) -> None:
    stage = application.stage
    _tell(
        change,
        application,
        "application_advanced",
        stage=stage.name if stage else "",
        starts_on=f"{stage.starts_on:%Y-%m-%d}" if stage else "",
        venue=stage.venue if stage else "",
    )


@on(APPLICATION, "select")
@on(APPLICATION, "promote")
def tell_selected(change: Change, application: Application) -> None:
    due = application.agreement_due_on
    _tell(
        change,
        application,
        "application_selected",
        due_on=f"{due:%Y-%m-%d}" if due else "",
        promoted=change.transition == "promote",
    )


@on(APPLICATION, "put_on_waitlist")
def tell_waitlisted(change: Change, application: Application) -> None:
    _tell(change, application, "application_waitlisted", rank=application.waitlist_rank)


@on(APPLICATION, "reject")
def tell_rejected(change: Change, application: Application) -> None:
    _tell(change, application, "application_rejected")


@on(APPLICATION, "withdraw")
def tell_withdrawn(change: Change, application: Application) -> None:
    _tell(change, application, "application_withdrawn")


@on(APPLICATION, "lapse")
def tell_lapsed(change: Change, application: Application) -> None:
    _tell(change, application, "application_lapsed")


@on(APPLICATION, "sign")
def tell_signed(change: Change, application: Application) -> None:
    _tell(
        change, application, "agreement_signed", signed_at=f"{timezone.localtime(change.at):%Y-%m-%d %H:%M}"
    )


@on(APPLICATION, "graduate")
def tell_graduated(change: Change, application: Application) -> None:
    _tell(change, application, "application_graduated")


@on(APPLICATION, "return_for_correction")
def tell_returned(change: Change, application: Application) -> None:
    correction = application.corrections.first()  # the newest, written in the same transaction
    if correction is None:
        return
    _tell(
        change,
        application,
        "application_returned",
        flaws=[flaw["text"] for flaw in correction.flaws],
        due_at=f"{timezone.localtime(correction.due_at):%Y-%m-%d %H:%M}",
    )


def tell_assigned(*, mentor: User, reviews: list[Review]) -> None:
    """One notice for everything that was assigned at once."""
    stage = reviews[0].stage
    queue_notice(
        recipient=mentor,
        event="incubator.review_assigned",
        context={
            "name": mentor.name,
            "call": stage.call.title,
            "stage": stage.name,
            "count": len(reviews),
            "due_on": f"{stage.ends_on:%Y-%m-%d}",
        },
        dedupe_key=f"incubator.review_assigned:{mentor.pk}:{min(review.pk for review in reviews)}",
        url=reverse("mentor_reviews"),
    )
