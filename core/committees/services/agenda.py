"""What a meeting is going to decide about."""

from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.committees.models import AgendaItem, Meeting
from core.committees.queries import open_items, waiting_subjects, waits_for
from core.committees.registry import kind_of
from core.committees.services.access import must_manage
from core.errors import NotNow
from core.workflow.perform import lock

LONGEST_TITLE: Final = 200


@transaction.atomic
def add_agenda_item(*, by: User, meeting: Meeting, subject: models.Model) -> AgendaItem:
    """Put a subject on the agenda of a meeting that has not been held, with what is proposed about it.

    Raises ``ValidationError`` when it stands on an open agenda already or is none of this committee's,
    ``NotNow`` when the meeting is over.
    """
    must_manage(by)
    meeting = lock(meeting)
    if meeting.state not in {Meeting.State.PLANNED, Meeting.State.NOTICED}:
        raise NotNow(_("The agenda of this meeting is closed."))
    kind = kind_of(subject)
    title = (kind.title(subject) if kind else str(subject))[:LONGEST_TITLE]
    if open_items(type(subject)).filter(object_id=subject.pk).exists():
        raise ValidationError(_("“%(title)s” is on an agenda already.") % {"title": title})
    if kind is None or not waits_for(by, meeting.committee, subject):
        raise ValidationError(
            _("“%(title)s” does not wait for a decision of this committee.") % {"title": title}
        )
    last = meeting.items.aggregate(last=models.Max("order"))["last"] or 0
    return AgendaItem.objects.create(
        meeting=meeting,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        title=title,
        proposal=kind.proposal(subject),
        order=last + 1,
    )


@transaction.atomic
def add_waiting_items(*, by: User, meeting: Meeting, chosen: list[str]) -> list[AgendaItem]:
    """Put chosen waiting subjects (``"loans.loanapplication:7"``) on the agenda, all or none."""
    must_manage(by)
    offered = {
        f"{kind.model_label}:{subject.pk}": subject
        for kind, subjects in waiting_subjects(by, meeting.committee)
        for subject in subjects
    }
    if not set(chosen) <= set(offered):
        raise ValidationError(_("Something you chose no longer waits for a decision."))
    return [add_agenda_item(by=by, meeting=meeting, subject=offered[name]) for name in chosen]


@transaction.atomic
def remove_agenda_item(*, by: User, item: AgendaItem) -> None:
    """Take an item off the agenda before the members are called."""
    must_manage(by)
    meeting = lock(item.meeting)
    if meeting.state != Meeting.State.PLANNED:
        raise NotNow(_("The members know this agenda already. Put the item off in the meeting instead."))
    item.delete()
