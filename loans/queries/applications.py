"""Loan applications, always scoped to the person who asks."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from core.accounts.models import Business, Membership, User
from core.accounts.roles import is_signed_in
from core.committees.models import Committee
from loans.models import LoanApplication, LoanRound
from loans.rules import may_see_all_applications

State = LoanApplication.State
HANDED_IN = Q(submitted_at__isnull=False) & ~Q(state=State.DRAFT)
"""The same as ``rules.is_handed_in``."""
_WITH = ("round__product__fund", "round__fund_year__fund", "business", "applicant")


def acts_for(user: Any) -> Q:
    """Condition: the row belongs to a business that ``user`` acts for."""
    return Q(Exists(Membership.objects.filter(user=user, business_id=OuterRef("business_id"))))


def businesses_for_round(user: User, loan_round: LoanRound) -> QuerySet[Business]:
    """With which businesses the person may apply; a planned one where the product is for pre-founders."""
    own = Business.objects.filter(memberships__user=user)
    return own if loan_round.product.for_pre_founders else own.exclude(registration_number=None)


def own_applications(user: Any) -> QuerySet[LoanApplication]:
    """What the person's own businesses applied for."""
    if not is_signed_in(user):
        return LoanApplication.objects.none()
    return LoanApplication.objects.filter(acts_for(user)).select_related(*_WITH)


def applications_for(user: Any) -> QuerySet[LoanApplication]:
    """What the person may see: staff everything that was handed in, everybody their own."""
    if may_see_all_applications(user):
        return LoanApplication.objects.filter(HANDED_IN | acts_for(user)).select_related(*_WITH)
    return own_applications(user)


def overdue(what: str) -> Q:
    """Condition: the time is over in which the applicant had to correct, or to draw the loan."""
    if what == "correction":
        return Q(state=State.RETURNED, correct_by__lte=clock.now())
    return Q(state=State.SELECTED, draw_by__lt=clock.today())


def without_a_loan(rows: QuerySet[LoanApplication]) -> QuerySet[LoanApplication]:
    """Those that have not become a loan, or whose loan was called off."""
    return rows.filter(Q(loan__isnull=True) | Q(loan__state="cancelled"))


def applications_to_decide(user: Any) -> QuerySet[LoanApplication]:
    """Eligible, waiting for the committee."""
    return applications_for(user).filter(state=State.ELIGIBLE).order_by("submitted_at")


def applications_for_committee(user: Any, committee: Committee) -> QuerySet[LoanApplication]:
    """Those that ``committee`` decides about: it is the one of their fund."""
    return applications_to_decide(user).filter(round__fund_year__fund__committee=committee)
