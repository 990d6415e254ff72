"""From the first draft to handing in, and taking back."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.consents import record_consents
from core.accounts.models import Business, ConsentText, Membership, User
from core.documents.models import Document
from core.documents.queries import documents_of
from core.documents.services import remove_document, store_document
from core.drafts.saving import Marks, SavedDraft, count_save, refuse_unseen, save_fields
from core.errors import NotAllowed, NotNow
from core.workflow.perform import lock, perform
from loans.models import FundYear, LoanApplication, LoanRound, ProductDocument
from loans.queries.readiness import flaws_of
from loans.services.decisions import promote_reserves

State = LoanApplication.State
MOST_PER_KIND = 5
FIELDS = frozenset({"amount", "purpose", "plan", "repayment_plan", "security"})


@transaction.atomic
def start_application(
    *, by: User, loan_round: LoanRound, business: Business, consents: Iterable[ConsentText] = ()
) -> LoanApplication:
    """The draft of ``business`` in ``loan_round``: the one that is there, else a new one.

    Raises ``NotAllowed`` for a business of others and ``NotNow`` outside the round's dates, or for a planned
    business where the product is for registered ones.
    """
    if not Membership.objects.filter(user=by, business=business).exists():
        raise NotAllowed
    there = loan_round.applications.filter(business=business).exclude(state=State.WITHDRAWN).first()
    if there:
        return there
    now = clock.now()
    if not loan_round.is_open(now):
        raise NotNow(_("Applications are not open at the moment."))
    if not business.is_registered and not loan_round.product.for_pre_founders:
        raise NotNow(_("This loan is for businesses that are registered."))
    record_consents(by=by, texts=list(consents))
    try:
        with transaction.atomic():
            return LoanApplication.objects.create(
                round=loan_round, business=business, applicant=by, updated_at=now
            )
    except IntegrityError:  # a second click was quicker
        return loan_round.applications.exclude(state=State.WITHDRAWN).get(business=business)


@transaction.atomic
def attach_document(
    *, by: User, application: LoanApplication, wanted: ProductDocument, upload: "UploadedFile[Any]"
) -> Document:
    """Keep a file for ``wanted``. Raises ``ValidationError`` with the reason when it is not accepted."""
    row = _lock_editable(by, application)
    if documents_of(row).filter(kind=wanted.kind).count() >= MOST_PER_KIND:
        raise ValidationError(_("At most %(most)s files fit here.") % {"most": MOST_PER_KIND})
    document = store_document(by=by, owner=row, kind=wanted.kind, upload=upload)
    count_save(row, "documents", by=by)
    return document


@transaction.atomic
def detach_document(*, by: User, application: LoanApplication, document: Document) -> None:
    """Take a file out again, as long as nothing was handed in."""
    row = _lock_editable(by, application)
    remove_document(by=by, document=document)
    count_save(row, "documents", by=by)


@transaction.atomic
def save_application(
    *,
    by: User,
    application: LoanApplication,
    values: dict[str, Any],
    seen: Marks | None = None,
    keep_theirs: bool = False,
) -> SavedDraft:
    """Keep what was typed, right or wrong, as ``core.drafts`` does: a business may have several writers."""
    row = _lock_editable(by, application)
    kept = {name: value for name, value in values.items() if name in FIELDS}
    return save_fields(row, kept, by=by, seen=seen, keep_theirs=keep_theirs)


def _lock_editable(by: User, application: LoanApplication) -> LoanApplication:
    if not has_perm("loans.edit_application", by, application):
        raise NotAllowed
    row = lock(application)
    if not row.is_editable:
        raise NotNow(_("What was submitted can no longer be changed."))
    return row


@transaction.atomic
def submit_application(
    *, by: User, application: LoanApplication, seen: Marks | None = None, expected_version: int | None = None
) -> LoanApplication:
    """Hand in, or hand in again after a correction.

    ``seen`` is what the page showed of it. Raises ``ValidationError`` with every flaw at once, ``Stale`` when
    somebody saved more, ``NotNow`` after the deadline; the draft is kept.
    """
    row = lock(application)
    if not has_perm("loans.submit_application", by, row):
        raise NotAllowed
    now = clock.now()
    # Too late is said before what is missing: mending would not help any more.
    if row.state == State.DRAFT:
        row.check_deadline(now, row.round.closes_at)
    elif row.state == State.RETURNED:
        row.check_correction(now)
    if row.is_editable:
        if flaws := flaws_of(row):
            raise ValidationError({flaw.field: flaw.message for flaw in flaws})
        refuse_unseen(row, seen)
    if row.state == State.RETURNED:
        return perform(row, "resubmit", by=by, expected_version=expected_version, at=now)
    if row.state == State.DRAFT and not row.round.is_open(now):
        raise NotNow(_("Applications are not open at the moment."))
    number = receipt_number(row.round.fund_year_id) if row.state == State.DRAFT else ""
    return perform(
        row,
        "submit",
        by=by,
        expected_version=expected_version,
        at=now,
        receipt_number=number,
        closes_at=row.round.closes_at,
    )


@transaction.atomic
def withdraw_application(
    *, by: User, application: LoanApplication, reason: str = "", expected_version: int | None = None
) -> LoanApplication:
    """Take an application back before a loan was decided. Reserves behind it may fit now and move up."""
    loan_round = lock(application.round)
    was_reserve = lock(application).state == State.RESERVE
    row = perform(application, "withdraw", by=by, reason=reason, expected_version=expected_version)
    if was_reserve:
        promote_reserves(loan_round=loan_round)
    return row


def receipt_number(fund_year_id: int) -> str:
    """The next receipt number of a fund's year, such as ``Y26-R0007``, under the year's lock."""
    year = FundYear.objects.select_for_update(of=("self",)).select_related("fund").get(pk=fund_year_id)
    year.last_receipt += 1
    year.save(update_fields=["last_receipt"])
    return f"{year.fund.prefix}{year.year % 100:02}-R{year.last_receipt:04}"
