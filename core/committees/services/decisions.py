"""Votes and what they mean."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.committees.models import AgendaItem, CommitteeMember, Decision, Meeting, Recusal
from core.committees.queries import attendance_for
from core.committees.quorum import Attendance, Flaw, flaw_of
from core.committees.services.access import must_manage
from core.committees.signals import decided
from core.errors import NotNow
from core.money import format_won
from core.workflow.perform import lock

_NEEDS_MAJORITY = {
    Decision.Outcome.APPROVED: True,
    Decision.Outcome.AMENDED: True,
    Decision.Outcome.REJECTED: False,
    Decision.Outcome.DEFERRED: None,
}


@transaction.atomic
def record_recusal(*, by: User, item: AgendaItem, member: CommitteeMember, kind: str, reason: str) -> Recusal:
    """The member takes no part in this item. Before it is decided; doing it twice changes nothing."""
    must_manage(by)
    lock(item.meeting)
    if Decision.objects.filter(item=item).exists():
        raise NotNow(_("This item has been decided already."))
    if member.committee_id != item.meeting.committee_id:
        raise ValidationError({"member": _("Somebody here is not a member of this committee.")})
    recusal, _is_new = Recusal.objects.get_or_create(
        item=item,
        member=member,
        defaults={
            "kind": kind,
            "reason": reason.strip(),
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    return recusal


@transaction.atomic
def record_decision(
    *,
    by: User,
    item: AgendaItem,
    outcome: str,
    votes_for: int,
    votes_against: int,
    amount: int | None = None,
    rank: int | None = None,
    note: str = "",
) -> Decision:
    """Record a decision and let the subject's app carry it out, both or neither.

    Needs the majority of the members who may vote to be present, and for an approval the majority of those.
    Raises ``NotNow`` when the meeting is not open or the item is decided; ``ValidationError`` without a
    quorum, or when votes, outcome and amount do not fit.
    """
    must_manage(by)
    item = AgendaItem.objects.get(pk=item.pk)  # the caller's stays undecided when the decision is refused
    meeting = lock(item.meeting)
    if meeting.state != Meeting.State.HELD:
        raise NotNow(_("Decisions are recorded after the attendance and before the minutes."))
    if Decision.objects.filter(item=item).exists():
        raise NotNow(_("This item has been decided already."))
    outcome = Decision.Outcome(outcome)
    attendance = attendance_for(item)
    flaw = flaw_of(
        attendance,
        votes_for=votes_for,
        votes_against=votes_against,
        needs_majority=_NEEDS_MAJORITY[outcome],
    )
    if flaw is not None:
        _refuse(flaw, attendance)
    if outcome == Decision.Outcome.AMENDED and not note.strip():
        raise ValidationError({"note": _("Write what was changed.")})
    approves = _NEEDS_MAJORITY[outcome] is True
    decision = Decision.objects.create(
        item=item,
        outcome=outcome,
        members=attendance.members,
        present=attendance.present,
        votes_for=votes_for,
        votes_against=votes_against,
        amount=_amount_decided(item, outcome, amount) if approves else None,
        rank=rank if approves else None,
        note=note.strip(),
        recorded_by=by,
        decided_at=clock.now(),
    )
    subject = item.subject
    if subject is None:
        raise NotNow(_("What this item is about no longer exists."))
    decided.send(type(subject), subject=subject, decision=decision, by=by)
    return decision


def _amount_decided(item: AgendaItem, outcome: Decision.Outcome, amount: int | None) -> int | None:
    """Unless another was named, what was proposed; never more than was asked for."""
    proposed: int | None = item.proposal.get("amount")
    if amount is None or amount == proposed:
        return proposed
    if proposed is None:
        raise ValidationError({"amount": _("No amount was asked for here.")})
    most = {"amount": format_won(proposed)}
    if amount > proposed:
        raise ValidationError(
            {"amount": _("At most %(amount)s can be approved: so much was asked for.") % most}
        )
    if outcome == Decision.Outcome.APPROVED:
        message = _("%(amount)s was proposed. For another amount choose “Approved with changes”.")
        raise ValidationError({"amount": message % most})
    return amount


def _refuse(flaw: Flaw, attendance: Attendance) -> None:
    match flaw:
        case Flaw.NO_QUORUM:
            raise ValidationError(
                _("No quorum: %(present)s of %(members)s who may vote are present, %(needed)s are needed.")
                % {
                    "present": attendance.present,
                    "members": attendance.members,
                    "needed": attendance.needed_present,
                }
            )
        case Flaw.TOO_MANY_VOTES:
            raise ValidationError(
                {
                    "votes_for": _("At most %(present)s votes can be cast here.")
                    % {"present": attendance.present}
                }
            )
        case Flaw.NOT_A_MAJORITY:
            raise ValidationError(
                {"votes_for": _("An approval needs %(needed)s votes.") % {"needed": attendance.needed_votes}}
            )
        case Flaw.IS_A_MAJORITY:
            raise ValidationError({"outcome": _("The majority was for it, so it cannot be rejected.")})
