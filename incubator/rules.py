"""Who may do what. The same predicates serve transitions, views, templates and queries."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from core.accounts.models import Membership
from core.accounts.roles import (
    is_administrator,
    is_auditor,
    is_committee_secretary,
    is_mentor,
    is_programme_staff,
    is_signed_in,
)
from incubator.models import Application, Review, Stage


@predicate
def is_applicant(user: Any, application: Any) -> bool:
    """The application is the user's own."""
    return application is not None and application.applicant_id == user.pk


@predicate
def is_evaluator(user: Any, review: Any) -> bool:
    """The review was assigned to the user."""
    return review is not None and review.evaluator_id == user.pk


@predicate
def is_past_draft(user: Any, application: Any) -> bool:
    """A draft is private: nobody but its writer reads it before it is handed in."""
    return (
        application is not None
        and application.submitted_at is not None
        and application.state != Application.State.DRAFT  # withdrawn and taken up again
    )


@predicate
def has_no_interest(user: Any, obj: Any) -> bool:
    """Not the applicant and not of the business: nobody decides on an application of their own.

    Of a stage as a whole nothing is said: its services ask for each application in it.
    """
    if obj is None or isinstance(obj, Stage):
        return True
    application = obj.application if isinstance(obj, Review) else obj
    if application.applicant_id == user.pk:
        return False
    business = application.business_id
    return business is None or not Membership.objects.filter(user=user, business_id=business).exists()


can_read_office = is_programme_staff | is_auditor | is_administrator | is_committee_secretary
can_view_application = is_signed_in & (is_applicant | (can_read_office & is_past_draft))
can_change_application = is_signed_in & is_applicant
staff_on_it = is_programme_staff & has_no_interest


def can_upload_to(user: Any, application: Any) -> bool:
    """Files are added and removed by the applicant, as long as the application can be edited."""
    return bool(can_change_application(user, application)) and application.is_editable


def can_view_version(user: Any, version: Any) -> bool:
    """A file that was replaced after a correction stays with the version that was handed in."""
    return bool(can_view_application(user, version.application))


PERMISSIONS = {
    "incubator.view_call_office": can_read_office,
    "incubator.change_call_office": is_programme_staff,
    "incubator.publish_call": is_programme_staff,
    "incubator.evaluate_call": is_programme_staff,
    "incubator.announce_call": is_programme_staff,
    "incubator.archive_call": is_programme_staff,
    "incubator.start_application": is_signed_in,
    "incubator.edit_application": can_change_application,
    "incubator.submit_application": can_change_application,
    "incubator.withdraw_application": can_change_application,
    "incubator.decline_place": can_change_application,
    "incubator.sign_agreement": can_change_application,
    "incubator.screen_application": staff_on_it,
    "incubator.assign_review": staff_on_it,
    "incubator.decide_stage": staff_on_it,
    "incubator.graduate_application": staff_on_it,
    "incubator.list_reviews": is_mentor,
    "incubator.score_review": is_signed_in & is_evaluator & is_mentor,
}
for _name, _rule in PERMISSIONS.items():
    add_perm(_name, _rule)
