"""What we can work out about each condition, as a hint: staff confirm."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from core.money import format_won
from core.whole_number import whole_number
from loans.models import EligibilityCheck, EligibilityItem, LoanApplication
from loans.queries.history import handed_in_at
from loans.queries.readiness import amount_flaws, documents_missing

Hint = EligibilityItem.Hint
Found = tuple[bool | None, str]


class ChecklistRow(NamedTuple):
    """A condition, what the data say about it (None: they don't), and what staff found; perhaps too early."""

    item: EligibilityItem
    hint: bool | None
    explanation: str
    check: EligibilityCheck | None
    is_outdated: bool


def checklist(application: LoanApplication) -> list[ChecklistRow]:
    """Every condition of the product, in order."""
    found = {check.item_id: check for check in application.checks.select_related("by")}
    since = handed_in_at(application) if found else None
    rows = []
    for item in application.round.product.eligibility_items.all():
        hint, explanation = _HINTS[item.hint](application, item.parameter)
        check = found.get(item.pk)
        is_outdated = check is not None and since is not None and check.at < since
        rows.append(ChecklistRow(item, hint, explanation, check, is_outdated))
    return rows


def full_years(born: date, on: date) -> int:
    """만 나이: birthdays passed by ``on``."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def full_months(since: date, on: date) -> int:
    """Whole months from ``since`` to ``on``."""
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)


def _judged_on(application: LoanApplication) -> date:
    moment = application.submitted_at or application.updated_at
    return timezone.localdate(moment)


def _age(application: LoanApplication, most: str) -> Found:
    born = application.applicant.birth_date
    if born is None:
        return None, _("The date of birth is not known.")
    age, limit = full_years(born, _judged_on(application)), whole_number(most)
    return None if limit is None else age <= limit, _("%(age)s years old when applying") % {"age": age}


def _residence(application: LoanApplication, least: str) -> Found:
    since = application.applicant.resident_since
    if since is None:
        return None, _("No date of moving in was given.")
    months, limit = full_months(since, _judged_on(application)), whole_number(least)
    return None if limit is None else months >= limit, _("%(months)s months, since %(since)s") % {
        "months": months,
        "since": since,
    }


def _address(application: LoanApplication, word: str) -> Found:
    return word in application.business.address, application.business.address


def _amount(application: LoanApplication, _parameter: str) -> Found:
    product, micro = application.round.product, application.business.is_micro
    flaws = list(amount_flaws(application.amount, product, is_micro=micro))
    limit = format_won(product.limit_for(is_micro=micro))
    return not flaws, _("%(amount)s of at most %(limit)s") % {
        "amount": format_won(application.amount or 0),
        "limit": limit,
    }


def _documents(application: LoanApplication, _parameter: str) -> Found:
    missing = [wanted.name for wanted in documents_missing(application)]
    return not missing, ", ".join(missing) or _("all there")


_HINTS: dict[str, Callable[[LoanApplication, str], Found]] = {
    Hint.NONE: lambda application, parameter: (None, ""),
    Hint.AGE: _age,
    Hint.RESIDENCE: _residence,
    Hint.ADDRESS: _address,
    Hint.AMOUNT: _amount,
    Hint.DOCUMENTS: _documents,
}
