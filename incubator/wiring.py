"""Tells the core what it needs to know of this room; imported once the apps are ready."""

from operator import attrgetter
from typing import Any

from core.accounts import leaving, sections, worklist
from core.documents.registry import register_owner
from incubator import rules
from incubator import worklist as ours
from incubator.queries.leaving import holdings
from incubator.services.leaving import erase_drafts


def _nobody(user: Any, owner: Any) -> bool:
    """What was handed in is never changed."""
    return False


register_owner(
    "incubator.Application",
    can_view=rules.can_view_application,
    can_change=rules.can_upload_to,
    person=attrgetter("applicant"),
)
register_owner(
    "incubator.ApplicationVersion",
    can_view=rules.can_view_version,
    can_change=_nobody,
    person=attrgetter("application.applicant"),
)
worklist.register(ours.todos)
sections.register(ours.sections)
leaving.register(holdings, erase_drafts=erase_drafts)
