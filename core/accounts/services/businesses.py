from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import Business, BusinessChange, Membership, User
from core.errors import NotAllowed, NotNow


@transaction.atomic
def register_business(*, by: User, **facts: Any) -> Business:
    """Register a business; whoever does it is its first owner.

    The same number twice (a double click, two people) gives ``ValidationError``, or the row that the person
    has just made.
    """
    if not by.has_perm("accounts.add_business"):
        raise NotAllowed
    try:
        with transaction.atomic():
            business = Business(**facts)
            business.save()
    except IntegrityError as taken:
        mine = Business.objects.filter(
            registration_number=facts["registration_number"], memberships__user=by
        ).first()
        if mine is not None:
            return mine
        message = Business._meta.get_field("registration_number").error_messages["unique"]  # noqa: SLF001
        raise ValidationError({"registration_number": message}) from taken
    Membership.objects.create(business=business, user=by, part=Membership.Part.OWNER)
    return business


@transaction.atomic
def update_business(*, by: User, business: Business, **facts: Any) -> Business:
    """Change what the certificate says, except the number. Who changed what from what to what is kept."""
    row = _locked(business)
    if not by.has_perm("accounts.change_business", row):
        raise NotAllowed
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    now = clock.now()
    for name, value in changed.items():
        BusinessChange.objects.create(
            business=row, field=name, before=str(getattr(row, name)), after=str(value), by=by, at=now
        )
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    return row


@transaction.atomic
def remove_member(*, by: User, membership: Membership) -> None:
    """Take a person out of the business: an owner anybody, everybody themselves. One owner stays."""
    business = _locked(membership.business)
    if membership.user_id != by.pk and not by.has_perm("accounts.change_business", business):
        raise NotAllowed
    row = business.memberships.filter(pk=membership.pk).first()
    if row is None:
        return
    owners = business.memberships.filter(part=Membership.Part.OWNER)
    if row.part == Membership.Part.OWNER and not owners.exclude(pk=row.pk).exists():
        raise NotNow(_("A business needs an owner. Invite somebody else as its owner first."))
    row.delete()


def _locked(business: Business) -> Business:
    return Business.objects.select_for_update().get(pk=business.pk)
