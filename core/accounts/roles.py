"""Who is who. Every signed-in person may apply; the other roles are groups that a migration creates."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate


class Role(StrEnum):
    """The names of the groups."""

    MENTOR = "mentor"
    PROGRAMME_STAFF = "programme_staff"
    FINANCE_STAFF = "finance_staff"
    FINANCE_APPROVER = "finance_approver"
    COMMITTEE_SECRETARY = "committee_secretary"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Any:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.MENTOR: _("Mentor"),
    Role.PROGRAMME_STAFF: _("Programme staff"),
    Role.FINANCE_STAFF: _("Finance staff"),
    Role.FINANCE_APPROVER: _("Finance approver"),
    Role.COMMITTEE_SECRETARY: _("Committee secretary"),
    Role.EDITOR: _("Editor"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}
OFFICE_ROLES = frozenset(Role) - {Role.MENTOR}
"""Those who work in the office, the Wagtail admin."""


def has_role(user: Any, *roles: Role) -> bool:
    """Whether ``user`` is active and in one of the groups. One query per user object."""
    return bool(user and user.is_authenticated and user.is_active and user.role_names & set(roles))


def role_predicate(*roles: Role) -> Any:
    """A ``rules`` predicate: the user has one of ``roles``, whatever the object."""
    return predicate(lambda user: has_role(user, *roles), name=f"has_role:{','.join(sorted(roles))}")


is_mentor = role_predicate(Role.MENTOR)
is_programme_staff = role_predicate(Role.PROGRAMME_STAFF)
is_finance_staff = role_predicate(Role.FINANCE_STAFF)
is_finance_approver = role_predicate(Role.FINANCE_APPROVER)
is_committee_secretary = role_predicate(Role.COMMITTEE_SECRETARY)
is_auditor = role_predicate(Role.AUDITOR)
is_administrator = role_predicate(Role.ADMINISTRATOR)
is_office_user = role_predicate(*OFFICE_ROLES)
is_signed_in = predicate(
    lambda user: bool(user and user.is_authenticated and user.is_active), name="is_signed_in"
)
