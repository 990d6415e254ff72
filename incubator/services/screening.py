"""Staff check what came in: one list of all flaws, or a decision."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.errors import NotNow
from core.workflow.perform import lock, perform, record_edit, refuse_stale
from incubator.models import Application, BonusClaim, Correction
from incubator.services.access import require

DAYS_TO_CORRECT = 5


class FlawNote(TypedDict):
    """One thing to mend: ``field`` is a field or a document's kind, or empty; ``text`` says how."""

    field: str
    text: str


@transaction.atomic
def return_for_correction(
    *,
    by: User,
    application: Application,
    flaws: Sequence[FlawNote],
    due_at: datetime | None = None,
    again_because: str = "",
    expected_version: int | None = None,
) -> Application:
    """Return the application with everything that is to be mended. A second return needs a reason."""
    require(by, "incubator.screen_application", application)
    notes = [
        {"field": flaw.get("field", ""), "text": flaw["text"].strip()}
        for flaw in flaws
        if flaw["text"].strip()
    ]
    if not notes:
        raise ValidationError(_("Write down what is to be mended."))
    now = clock.now()
    due = due_at or now + timedelta(days=DAYS_TO_CORRECT)
    if due <= now:
        raise ValidationError(_("The correction must be due in the future."))
    if application.corrections.exists() and not again_because.strip():
        raise ValidationError(
            _("This application was already returned once. Say why a second correction is needed.")
        )
    Correction.objects.create(
        application=application, flaws=notes, requested_by=by, requested_at=now, due_at=due
    )
    return perform(
        application,
        "return_for_correction",
        by=by,
        reason=again_because,
        expected_version=expected_version,
        due_at=due,
    )


def confirm_eligible(
    *, by: User, application: Application, reason: str = "", expected_version: int | None = None
) -> Application:
    """The documents are in order: the application can be evaluated."""
    return perform(application, "confirm_eligible", by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def refuse_ineligible(
    *, by: User, application: Application, reason: str, expected_version: int | None = None
) -> Application:
    """Say no, with a reason for the applicant. Who was asked to correct has their time first."""
    require(by, "incubator.screen_application", application)
    if not reason.strip():
        raise ValidationError(_("Give the reason: the applicant will read it."))
    row = lock(application)
    refuse_stale(row, expected_version)
    if row.may_be_corrected(clock.now()):
        raise NotNow(_("The applicant still has time to correct the application."))
    return perform(row, "refuse_ineligible", by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def decide_bonus(*, by: User, claim: BonusClaim, granted: bool) -> BonusClaim:
    """Grant or refuse claimed bonus points, until the applicant's stage is decided."""
    require(by, "incubator.screen_application", claim.application)
    lock(claim.application.call)  # a stage is decided with these points or without them, never in between
    application = lock(claim.application)
    row = BonusClaim.objects.select_for_update().get(pk=claim.pk)
    if application.results.exists():
        raise NotNow(_("A stage with these bonus points is already decided."))
    row.granted = granted
    row.decided_by = by
    row.decided_at = clock.now()
    row.save(update_fields=["granted", "decided_by", "decided_at"])
    # a ranking drawn before is stale
    record_edit(application, by=by, what=f"{row.rule.name}: {_('granted') if granted else _('refused')}")
    return row
