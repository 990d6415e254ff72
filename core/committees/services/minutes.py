"""What was said, and what the public may read of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.committees.models import Meeting
from core.committees.queries import undecided_items
from core.errors import NotNow
from core.workflow.perform import lock, perform


@transaction.atomic
def close_meeting(
    *, by: User, meeting: Meeting, minutes: str, expected_version: int | None = None
) -> Meeting:
    """Write the minutes. Every item must have been decided or put off."""
    meeting = lock(meeting)
    if undecided_items(meeting).exists():
        raise NotNow(_("Some items of the agenda have no decision yet."))
    if not minutes.strip():
        raise ValidationError({"minutes": _("Write what was discussed.")})
    return perform(meeting, "close", by=by, expected_version=expected_version, minutes=minutes.strip())


@transaction.atomic
def publish_main_points(
    *, by: User, meeting: Meeting, on: date, where: str, expected_version: int | None = None
) -> Meeting:
    """Note when the main points were published and where they can be read."""
    meeting = lock(meeting)
    if on > clock.today():
        raise ValidationError({"on": _("This date lies in the future.")})
    if meeting.held_on and on < meeting.held_on:
        raise ValidationError({"on": _("This is before the meeting.")})
    if not where.strip():
        raise ValidationError({"where": _("Write where they can be read.")})
    return perform(meeting, "publish", by=by, expected_version=expected_version, on=on, where=where.strip())


@transaction.atomic
def withhold_main_points(
    *, by: User, meeting: Meeting, reason: str, expected_version: int | None = None
) -> Meeting:
    """Note that a law forbids publishing them, and which."""
    if not reason.strip():
        raise ValidationError({"reason": _("Write which law closes them.")})
    return perform(meeting, "withhold", by=by, reason=reason.strip(), expected_version=expected_version)
