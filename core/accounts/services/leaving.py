"""Closing an account: erased at once when nothing has to be kept, else closed with what is kept and why."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from core.accounts.consents import open_consents
from core.accounts.leaving import Holding, erase_drafts_of, holdings_of
from core.accounts.models import AccountClosing, Invitation, User
from core.accounts.queries.leaving import shared_businesses, sole_businesses
from core.errors import NotNow
from core.notices.services import forget_notices, queue_notice
from core.privacy.services import record_access

ERASED_NAME = "탈퇴한 회원"


@transaction.atomic
def close_account(*, by: User) -> AccountClosing:
    """End the account of ``by``. What was never handed in is erased, whatever else is kept.

    Raises ``NotNow`` as long as something has to be ended first.
    """
    row = User.objects.select_for_update().get(pk=by.pk)
    holdings = holdings_of(row)
    if not row.is_active or any(holding.must_end for holding in holdings):
        raise NotNow(_("Something has to be ended first. It stands on the page."))
    erase_drafts_of(row)
    row.memberships.filter(business__in=shared_businesses(row)).delete()
    SocialAccount.objects.filter(user=row).delete()
    if holdings:
        _tell(row, holdings)
    else:
        _erase(row)
    row.is_active = False
    row.set_unusable_password()
    row.save()
    now = clock.now()
    open_consents(row).filter(text__required=False).update(withdrawn_at=now)
    closing = AccountClosing.objects.create(
        user=row,
        closed_at=now,
        kept=[{"title": holding.title, "reason": holding.reason} for holding in holdings],
    )
    record_access(by=row, action="change", owner=row, obj=row, reason="account closed")
    return closing


def _tell(user: User, kept: list[Holding]) -> None:
    """The last mail, to the address that is kept with the rest."""
    queue_notice(
        recipient=user,
        event="accounts.account_closed",
        context={"kept": [{"title": row.title, "reason": row.reason} for row in kept]},
        dedupe_key=f"accounts.account_closed:{user.pk}",
    )


def _erase(user: User) -> None:
    """Nothing of the person stays. The row does: consents and the access log point to it and name nobody."""
    sole_businesses(user).delete()
    Invitation.objects.filter(Q(invited=user) | Q(email__iexact=user.email)).delete()
    forget_notices(recipient=user)
    EmailAddress.objects.filter(user=user).delete()
    open_consents(user).update(withdrawn_at=clock.now())
    user.email = f"closed-{uuid4().hex}@closed.invalid"  # nobody can have signed up with it
    user.name = ERASED_NAME
    user.phone = ""
    user.birth_date = user.resident_since = user.last_login = None
