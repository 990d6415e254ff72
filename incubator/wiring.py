"""Tells the core what it needs to know of this room; imported once the apps are ready."""

from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts import leaving, sections, worklist
from core.committees.registry import register_subject
from core.documents.registry import register_owner
from incubator import rules
from incubator import worklist as ours
from incubator.queries.committee import stages_for_committee
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
register_subject(
    "incubator.Stage",
    label=_("Selections for a programme"),
    title=lambda stage: f"{stage.call.title} · {stage.name}",
    waiting=stages_for_committee,
    office_url=lambda stage: reverse("incubator_stages:inspect", args=[stage.pk]),
)
worklist.register(ours.todos)
sections.register(ours.sections)
leaving.register(holdings, erase_drafts=erase_drafts)
