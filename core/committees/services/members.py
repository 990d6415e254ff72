"""Who sits on a committee, and for how long."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.committees.models import Committee, CommitteeMember
from core.committees.services.access import must_manage
from core.errors import NotNow


@transaction.atomic
def add_member(
    *,
    by: User,
    committee: Committee,
    name: str,
    appointed_on: date,
    user: User | None = None,
    affiliation: str = "",
    is_chair: bool = False,
    term_ends_on: date | None = None,
) -> CommitteeMember:
    """Appoint somebody, for two years unless said otherwise.

    Raises ``ValidationError`` when the committee is full, the person sits on it already or on three others.
    """
    must_manage(by)
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    serving = CommitteeMember.objects.serving_on(appointed_on)
    here = serving.filter(committee=committee)
    same = (
        {"user": user} if user else {"user": None, "name": name.strip(), "affiliation": affiliation.strip()}
    )
    if here.filter(**same).exists():
        raise ValidationError({"name": _("This person is a member already.")})
    if here.count() >= Committee.MAX_MEMBERS:
        raise ValidationError(
            _("A committee has at most %(most)s members.") % {"most": Committee.MAX_MEMBERS}
        )
    if serving.filter(**same).count() >= CommitteeMember.MAX_COMMITTEES:
        raise ValidationError(
            {
                "name": _("Nobody sits on more than %(most)s committees.")
                % {"most": CommitteeMember.MAX_COMMITTEES}
            }
        )
    return CommitteeMember.objects.create(
        committee=committee,
        user=user,
        name=name.strip(),
        affiliation=affiliation.strip(),
        is_chair=is_chair,
        appointed_on=appointed_on,
        term_ends_on=term_ends_on or _end_of_term(appointed_on),
    )


@transaction.atomic
def end_membership(*, by: User, member: CommitteeMember, on: date) -> CommitteeMember:
    """The member leaves before the term ends."""
    must_manage(by)
    member = CommitteeMember.objects.select_for_update().get(pk=member.pk)
    if member.left_on is not None:
        raise NotNow(_("This member has left already."))
    if on < member.appointed_on:
        raise ValidationError({"on": _("This is before the appointment.")})
    member.left_on = on
    member.save(update_fields=["left_on"])
    return member


def _end_of_term(appointed_on: date) -> date:
    """The day before the second anniversary."""
    year = appointed_on.year + CommitteeMember.TERM_YEARS
    anniversary = (
        date(year, 3, 1)
        if (appointed_on.month, appointed_on.day) == (2, 29)
        else appointed_on.replace(year=year)
    )
    return date.fromordinal(anniversary.toordinal() - 1)
