"""적격 검토: staff confirm each condition, return what is incomplete, refuse what is not eligible."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.errors import NotAllowed, NotNow
from core.workflow.perform import lock, perform, record_edit, refuse_stale
from loans.models import EligibilityCheck, EligibilityItem, LoanApplication
from loans.queries.history import handed_in_at

DAYS_TO_CORRECT = 5


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
    _allow(by, row)
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
    record_edit(row, by=by, what=_findings_in_words(findings))


def _findings_in_words(findings: Iterable[Finding]) -> str:
    words = {True: _("met"), False: _("not met")}
    return ", ".join(f"{finding.item}: {words[finding.passed]}" for finding in findings)


def return_application(
    *,
    by: User,
    application: LoanApplication,
    reason: str,
    correct_by: datetime | None = None,
    expected_version: int | None = None,
) -> LoanApplication:
    """Give it back with every flaw in ``reason``, so that it comes back only once, before ``correct_by``.

    By default there are five days. Raises ``ValidationError`` for a moment that is not ahead.
    """
    _allow(by, application)
    _needs(reason, _("Please write everything that has to be corrected."))
    now = clock.now()
    due = correct_by or now + timedelta(days=DAYS_TO_CORRECT)
    if due <= now:
        raise ValidationError({"correct_by": _("The correction must be due in the future.")})
    return perform(
        application,
        "return_for_correction",
        by=by,
        reason=reason,
        expected_version=expected_version,
        correct_by=due,
    )


@transaction.atomic
def confirm_eligible(
    *, by: User, application: LoanApplication, expected_version: int | None = None
) -> LoanApplication:
    """Send it on to the committee. Raises ``ValidationError`` while a condition is open or not met.

    What was found before a correction does not count: what it was found about may have changed.
    """
    row = lock(application)
    _allow(by, row)
    checks = row.checks.filter(passed=True, at__gte=handed_in_at(row))
    met = set(checks.values_list("item_id", flat=True))
    items = row.round.product.eligibility_items.all()
    if open_items := [str(item) for item in items if item.pk not in met]:
        raise ValidationError(
            _("These conditions are not confirmed yet: %(items)s") % {"items": ", ".join(open_items)}
        )
    return perform(row, "confirm_eligible", by=by, expected_version=expected_version)


@transaction.atomic
def refuse_application(
    *, by: User, application: LoanApplication, reason: str, expected_version: int | None = None
) -> LoanApplication:
    """Refuse with the condition that is not met as the reason. Who was asked to correct has time first."""
    row = lock(application)
    _allow(by, row)
    _needs(reason, _("Please write which condition is not met."))
    refuse_stale(row, expected_version)
    if row.may_be_corrected(clock.now()):
        raise NotNow(_("The applicant still has time to correct the application."))
    return perform(row, "refuse_ineligible", by=by, reason=reason, expected_version=expected_version)


def _allow(by: User, application: LoanApplication) -> None:
    if not has_perm("loans.screen_application", by, application):
        raise NotAllowed


def _needs(reason: str, message: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": message})
