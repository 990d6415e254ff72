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
    has just made. Without a number it is planned: a person plans one at a time.
    """
    if not by.has_perm("accounts.add_business"):
        raise NotAllowed
    if not facts.get("registration_number") and (planned := _planned_by(by)):
        if planned.name == facts["name"]:
            return planned
        raise ValidationError(
            _("You already plan “%(name)s”. Please register that one or change it.") % {"name": planned.name}
        )
    try:
        business = Business(**facts)
        _save_with_number(business)
    except ValidationError:
        mine = Business.objects.filter(
            registration_number=facts["registration_number"], memberships__user=by
        ).first()
        if mine is None:
            raise
        return mine
    Membership.objects.create(business=business, user=by, part=Membership.Part.OWNER)
    return business


@transaction.atomic
def update_business(*, by: User, business: Business, **facts: Any) -> Business:
    """Change what the certificate says. The number of a planned business is given once, and then stays.

    Who changed what from what to what is kept.
    """
    row = _locked(business)
    if not by.has_perm("accounts.change_business", row):
        raise NotAllowed
    if row.is_registered:
        facts.pop("registration_number", None)
    before = {name: getattr(row, name) for name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    _save_with_number(row, update_fields=list(facts))
    _keep_changes(row, before, by=by)
    return row


def _keep_changes(business: Business, before: dict[str, Any], *, by: User) -> None:
    """As it was saved, so that a number is compared as it is written."""
    now = clock.now()
    for name, old in before.items():
        new = getattr(business, name)
        if new != old:
            BusinessChange.objects.create(
                business=business, field=name, before=_plain(old), after=_plain(new), by=by, at=now
            )


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _planned_by(user: User) -> Business | None:
    """What the person plans, under the person's lock: a second click waits for the first."""
    User.objects.select_for_update().get(pk=user.pk)
    own = Membership.objects.filter(user=user, part=Membership.Part.OWNER)
    return Business.objects.filter(registration_number=None, memberships__in=own).first()


def _save_with_number(business: Business, **options: Any) -> None:
    """Save; a number that another business has is an error of that field."""
    try:
        with transaction.atomic():
            business.save(**options)
    except IntegrityError as taken:
        message = Business._meta.get_field("registration_number").error_messages["unique"]  # noqa: SLF001
        raise ValidationError({"registration_number": message}) from taken


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
