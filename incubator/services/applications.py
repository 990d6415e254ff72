"""What an applicant does with an application before the result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import Business, User
from core.drafts.saving import Marks, SavedDraft, count_save, refuse_unseen, save_fields
from core.errors import NotNow
from core.workflow.perform import lock, perform
from incubator.models import Application, BonusClaim, Call, TeamMember
from incubator.queries.applications import latest_application_of
from incubator.queries.completeness import application_flaws
from incubator.services.access import require
from incubator.services.versions import freeze_version
from incubator.services.waitlist import fill_free_places

DRAFT_FIELDS = (
    "title",
    "summary",
    "sector",
    "applicant_type",
    "problem",
    "solution",
    "scale_up",
    "team_text",
)
REUSED_FIELDS = ("title", "summary", "sector", "problem", "solution", "scale_up", "team_text")
LONGEST_TEXT = 3_000
LARGEST_TEAM = 20


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    role: str
    career: str = ""
    email: str = ""


@transaction.atomic
def start_application(
    *, by: User, call: Call, self_check: Sequence[Mapping[str, Any]] = (), reuse: bool = True
) -> Application:
    """Start a draft, or return the one that is there. What was written for an earlier call is taken over."""
    require(by, "incubator.start_application")
    call = lock(call)
    now = clock.now()
    mine = Application.objects.filter(call=call, applicant=by).first()
    if mine and mine.state == Application.State.WITHDRAWN:
        return perform(mine, "reopen", by=by, at=now, call=call)
    if mine:
        return mine
    if not call.is_open(now):
        raise NotNow(call.closed_message(now))
    businesses = list(Business.objects.filter(memberships__user=by)[:2])
    business = businesses[0] if len(businesses) == 1 else None
    application = Application(
        call=call,
        applicant=by,
        business=business,
        sector=business.sector if business else "",
        applicant_type=Application.ApplicantType.EARLY if business else Application.ApplicantType.PRE,
        self_check=[dict(answer) for answer in self_check],
        created_at=now,
        updated_at=now,
    )
    earlier = latest_application_of(by) if reuse else None
    if earlier:
        for name in REUSED_FIELDS:
            setattr(application, name, getattr(earlier, name) or getattr(application, name))
    application.save()
    if earlier:
        TeamMember.objects.bulk_create(
            TeamMember(
                application=application,
                name=member.name,
                email=member.email,
                role=member.role,
                career=member.career,
            )
            for member in earlier.team.all()
        )
    return application


@transaction.atomic
def save_draft(
    *,
    by: User,
    application: Application,
    fields: Mapping[str, Any],
    seen: Marks | None = None,
    keep_theirs: bool = False,
) -> SavedDraft:
    """Save texts and the business, as ``core.drafts`` does; a text that is too long is left out and reported.

    Raises ``ValidationError`` for a business that ``by`` does not act for.
    """
    row = lock_editable(by, application)
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, raw in fields.items():
        if name == "business":
            values[name] = _business_of(by, raw)
        if name not in DRAFT_FIELDS:
            continue
        text = str(raw).replace("\r\n", "\n").replace("\x00", "").strip()  # PostgreSQL keeps no NUL
        if message := _too_long(row, name, text):
            errors[name] = message
        else:
            values[name] = text
    return replace(save_fields(row, values, by=by, seen=seen, keep_theirs=keep_theirs), errors=errors)


def _business_of(user: User, business: Business | None) -> Business | None:
    if business is not None and not business.memberships.filter(user=user).exists():
        raise ValidationError({"business": _("You are not registered as a member of this business.")})
    return business


@transaction.atomic
def add_member(*, by: User, application: Application, member: Member) -> TeamMember:
    """Name somebody in the team."""
    row = lock_editable(by, application)
    if row.team.count() >= LARGEST_TEAM:
        raise ValidationError(_("At most %(most)s people fit in a team.") % {"most": LARGEST_TEAM})
    added = TeamMember.objects.create(
        application=row, name=member.name, email=member.email, role=member.role, career=member.career
    )
    count_save(row, "team", by=by)
    return added


@transaction.atomic
def remove_member(*, by: User, application: Application, member_id: int) -> None:
    """Take somebody out of the team. Removing twice changes nothing."""
    row = lock_editable(by, application)
    removed, _rows = row.team.filter(pk=member_id).delete()
    if removed:
        count_save(row, "team", by=by)


@transaction.atomic
def claim_bonuses(
    *, by: User, application: Application, ticked: Iterable[int], shown: Iterable[int] = ()
) -> None:
    """Claim the bonus points of the rules ``ticked``, and give up those ``shown`` as claimed and unticked.

    What another window has claimed or given up since stays so, as does what staff have already decided.
    """
    row = lock_editable(by, application)
    ticked, shown = set(ticked), set(shown)
    unticked = row.bonus_claims.filter(granted__isnull=True, rule__in=shown - ticked)
    dropped, _rows = unticked.delete()
    there = row.bonus_claims.values_list("rule_id", flat=True)
    new = row.call.bonus_rules.filter(pk__in=ticked - shown).exclude(pk__in=set(there))
    claims = [BonusClaim(application=row, rule=rule) for rule in new.order_by("pk")]
    BonusClaim.objects.bulk_create(claims)
    if dropped or claims:
        count_save(row, "bonus", by=by)


@transaction.atomic
def submit_application(
    *, by: User, application: Application, seen: Marks | None = None, expected_version: int | None = None
) -> Application:
    """Hand the application in: number it, freeze a version. A returned one is handed in again.

    ``seen`` is what the page showed of it. Raises ``NotNow`` with both times when it is too late, ``Stale``
    when another window saved more and ``ValidationError`` with all flaws.
    """
    require(by, "incubator.submit_application", application)
    call = lock(application.call)  # numbers have no gaps: one submission per call at a time
    row = lock(application)
    now = clock.now()
    again = row.state == Application.State.RETURNED
    if row.state == Application.State.DRAFT and not call.is_open(now):
        raise NotNow(call.closed_message(now))
    if row.is_editable:
        if flaws := application_flaws(row):
            raise ValidationError([flaw.text for flaw in flaws])
        refuse_unseen(row, seen)
    if again:
        row = perform(row, "resubmit", by=by, expected_version=expected_version, at=now)
        row.corrections.filter(answered_at__isnull=True).update(answered_at=now)
    else:
        row = perform(
            row,
            "submit",
            by=by,
            expected_version=expected_version,
            at=now,
            call=call,
            receipt_number=row.receipt_number or _next_receipt(call),
        )
    freeze_version(application=row, at=now)
    return row


@transaction.atomic
def withdraw_application(
    *, by: User, application: Application, reason: str = "", expected_version: int | None = None
) -> Application:
    """Take the application back. A place that becomes free goes to the next on the waiting list."""
    lock(application.call)  # always the call first, then its applications: no two wait for each other
    had_place = lock(application).state == Application.State.SELECTED
    row = perform(application, "withdraw", by=by, reason=reason, expected_version=expected_version)
    if had_place:
        fill_free_places(call=row.call)
    return row


def _next_receipt(call: Call) -> str:
    """The next number of a locked call. It is only kept if the submission succeeds."""
    call.last_receipt += 1
    call.save(update_fields=["last_receipt"])
    return f"{call.code}-{call.last_receipt:04d}"


def lock_editable(by: User, application: Application) -> Application:
    require(by, "incubator.edit_application", application)
    row = lock(application)
    if not row.is_editable:
        raise NotNow(_("This application has been handed in and can’t be changed now."))
    return row


def _too_long(row: Application, name: str, text: str) -> str:
    if name == "applicant_type" and text not in Application.ApplicantType.values:
        return _("Choose one of the two.")
    longest = getattr(row._meta.get_field(name), "max_length", None) or LONGEST_TEXT  # noqa: SLF001
    if len(text) <= longest:
        return ""
    return _("This text has %(length)s characters; at most %(longest)s fit.") % {
        "length": len(text),
        "longest": longest,
    }
