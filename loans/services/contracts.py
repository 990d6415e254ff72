"""From a selected application to a loan that can be approved, and calling it off."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import Membership, User
from core.errors import NotAllowed, NotNow
from core.workflow.perform import lock, perform
from loans.books.terms import terms_for
from loans.engine import EngineError, to_dict
from loans.models import FundYear, Loan, LoanApplication
from loans.services.decisions import cancel_selection

LAST_DUE_DAY = 31


@transaction.atomic
def prepare_loan(
    *,
    by: User,
    application: LoanApplication,
    planned_on: date | None = None,
    due_day: int | None = None,
    expected_version: int | None = None,
) -> Loan:
    """Write the loan of a selected application, to be approved by somebody else.

    ``planned_on`` is the day on which it is to be paid out; the terms are worked out again on the day itself.
    Raises ``NotNow`` for a business that is only planned: a loan goes to one that is registered.
    """
    row = lock(application)
    if not has_perm("loans.prepare_loan", by, row):
        raise NotAllowed
    if row.waits_for_registration:
        raise NotNow(_("The business is not registered yet. The applicant adds its number first."))
    row = perform(row, "contract", by=by, expected_version=expected_version)
    start = planned_on or clock.today()
    day = due_day or start.day
    if not 1 <= day <= LAST_DUE_DAY:
        raise ValidationError({"due_day": _("The day of the month is from 1 to 31.")})
    product, principal = row.round.product, row.decided_amount or 0
    year = fund_year_of(row.round.fund_year, start, field="planned_on")
    try:
        terms = terms_for(
            product, principal=principal, annual_rate=year.annual_rate, start=start, due_day=day
        )
    except EngineError as impossible:
        raise ValidationError(
            _("The terms of “%(product)s” contradict each other. Please check them.") % {"product": product}
        ) from impossible
    return Loan.objects.create(
        number=_next_number(row.round.fund_year_id),
        application=row,
        fund_year=row.round.fund_year,
        product=product,
        business=row.business,
        borrower=_who_signs(row),
        servicing=product.servicing,
        principal=principal,
        annual_rate=year.annual_rate,
        due_day=day,
        terms=to_dict(terms),
        prepared_by=by,
    )


def _who_signs(application: LoanApplication) -> User:
    """The applicant; once they have left the business, the first of its owners, who goes on with it."""
    members = application.business.memberships.select_related("user").order_by("pk")
    if members.filter(user=application.applicant_id).exists():
        return application.applicant
    owner = members.filter(part=Membership.Part.OWNER).first()
    if owner is None:
        raise NotNow(_("Nobody acts for the business any more."))
    return owner.user


@transaction.atomic
def cancel_loan(*, by: User, loan: Loan, reason: str, expected_version: int | None = None) -> Loan:
    """Call off a loan that was not paid out; its selection is cancelled too and the next reserves move up."""
    if not reason.strip():
        raise ValidationError({"reason": _("Please write why the loan is called off.")})
    row = perform(loan, "cancel", by=by, reason=reason, expected_version=expected_version)
    if row.application is not None:
        cancel_selection(by=by, application=row.application, reason=reason)
    return row


def fund_year_of(planned: FundYear, on: date, *, field: str) -> FundYear:
    """The year of the fund whose rate applies to a loan paid out ``on``.

    Raises ``ValidationError`` at ``field`` for a year without one.
    """
    year = FundYear.objects.filter(fund_id=planned.fund_id, year=on.year).first()
    if year is None:
        raise ValidationError({field: _("The rate for %(year)s has not been set yet.") % {"year": on.year}})
    return year


def _next_number(fund_year_id: int) -> str:
    """The next loan number of a fund's year, such as ``Y26-001``, under the year's lock."""
    year = FundYear.objects.select_for_update(of=("self",)).select_related("fund").get(pk=fund_year_id)
    year.last_loan += 1
    year.save(update_fields=["last_loan"])
    return f"{year.fund.prefix}{year.year % 100:02}-{year.last_loan:03}"
