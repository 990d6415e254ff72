"""Who may do what. The same predicates serve transitions, views, templates and queries."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from core.accounts.roles import (
    is_administrator,
    is_auditor,
    is_committee_secretary,
    is_mentor,
    is_programme_staff,
    is_signed_in,
)


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
    return application is not None and application.submitted_at is not None


can_read_office = is_programme_staff | is_auditor | is_administrator | is_committee_secretary
can_view_application = is_signed_in & (is_applicant | (can_read_office & is_past_draft))
can_change_application = is_signed_in & is_applicant


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
    "incubator.read_application": can_view_application,
    "incubator.edit_application": can_change_application,
    "incubator.submit_application": can_change_application,
    "incubator.withdraw_application": can_change_application,
    "incubator.decline_place": can_change_application,
    "incubator.sign_agreement": can_change_application,
    "incubator.screen_application": is_programme_staff,
    "incubator.assign_review": is_programme_staff,
    "incubator.decide_stage": is_programme_staff,
    "incubator.graduate_application": is_programme_staff,
    "incubator.list_reviews": is_mentor,
    "incubator.score_review": is_signed_in & is_evaluator & is_mentor,
}
for _name, _rule in PERMISSIONS.items():
    add_perm(_name, _rule)
