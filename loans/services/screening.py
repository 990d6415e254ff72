"""적격 검토: staff confirm each condition, return what is incomplete, refuse what is not eligible."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.workflow.perform import lock, perform, refuse_stale, touch
from loans.models import EligibilityCheck, EligibilityItem, LoanApplication


class Finding(NamedTuple):
    """What staff found about one condition."""

    item: EligibilityItem
    passed: bool
    note: str = ""


@transaction.atomic
def record_checks(
    *, by: User, application: LoanApplication, findings: list[Finding], expected_version: int | None = None
) -> None:
    """Keep what was found; a later finding about the same condition replaces the one before.

    Raises ``Stale`` when somebody else recorded findings after ``expected_version`` was read.
    """
    row = lock(application)
    if not has_perm("loans.screen_application", by, row):
        raise NotAllowed
    refuse_stale(row, expected_version)
    if row.state != LoanApplication.State.SUBMITTED:
        raise NotNow
    for finding in findings:
        if finding.item.product_id != row.round.product_id:
            raise ValidationError(_("This condition belongs to another product."))
        EligibilityCheck.objects.update_or_create(
            application=row,
            item=finding.item,
            defaults={"passed": finding.passed, "note": finding.note, "by": by, "at": clock.now()},
        )
    touch(row)


def return_application(
    *, by: User, application: LoanApplication, reason: str, expected_version: int | None = None
) -> LoanApplication:
    """Give it back with every flaw in ``reason``, so that it comes back only once."""
    _needs(reason, _("Please write everything that has to be corrected."))
    return perform(
        application, "return_for_correction", by=by, reason=reason, expected_version=expected_version
    )


@transaction.atomic
def confirm_eligible(
    *, by: User, application: LoanApplication, expected_version: int | None = None
) -> LoanApplication:
    """Send it on to the committee. Raises ``ValidationError`` while a condition is open or not met."""
    row = lock(application)
    if not has_perm("loans.screen_application", by, row):
        raise NotAllowed
    met = set(row.checks.filter(passed=True).values_list("item_id", flat=True))
    items = row.round.product.eligibility_items.all()
    if open_items := [str(item) for item in items if item.pk not in met]:
        raise ValidationError(
            _("These conditions are not confirmed yet: %(items)s") % {"items": ", ".join(open_items)}
        )
    return perform(row, "confirm_eligible", by=by, expected_version=expected_version)


def refuse_application(
    *, by: User, application: LoanApplication, reason: str, expected_version: int | None = None
) -> LoanApplication:
    """Refuse with the condition that is not met as the reason."""
    _needs(reason, _("Please write which condition is not met."))
    return perform(application, "refuse_ineligible", by=by, reason=reason, expected_version=expected_version)


def _needs(reason: str, message: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": message})
