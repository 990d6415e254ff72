"""What of the loans hangs on an account: its own, and those of a business nobody else acts for."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.leaving import Holding
from core.accounts.models import User
from core.accounts.queries.leaving import sole_businesses
from loans.models import Loan, LoanApplication

A = LoanApplication.State
WITHDRAWABLE = frozenset({A.SUBMITTED, A.RETURNED, A.ELIGIBLE, A.RESERVE})
BEING_MADE = frozenset({A.SELECTED, A.CONTRACTED})


def holdings(user: User) -> Iterator[Holding]:
    """Applications that were handed in and the loans that came of them. Drafts are nobody's business."""
    alone = Q(business__in=sole_businesses(user).values("pk"))
    handed_in = LoanApplication.objects.filter(Q(applicant=user) | alone, submitted_at__isnull=False)
    for application in handed_in.filter(loan=None).select_related("round").order_by("submitted_at"):
        yield _of_application(application)
    for loan in Loan.objects.filter(Q(borrower=user) | alone).order_by("number"):
        yield _of_loan(loan)


def drafts(user: User) -> QuerySet[LoanApplication]:
    """What was begun and never handed in, unless somebody else may go on with it."""
    return LoanApplication.objects.filter(submitted_at=None, business__in=sole_businesses(user).values("pk"))


def _of_application(application: LoanApplication) -> Holding:
    title = f"{application.round.title} · {application.get_state_display()}"
    url = reverse("loan_application_status", args=[application.pk])
    if application.state in WITHDRAWABLE:
        why = _("Your application is under way. Please withdraw it first, or wait for its result.")
        return Holding(title, why, must_end=True, url=url)
    if application.state in BEING_MADE:
        why = _("A loan is being made of it. If you do not want it any more, tell the loan desk first.")
        return Holding(title, why, must_end=True, url=url)
    return Holding(title, _("Kept for the period that the law sets for such records."))


def _of_loan(loan: Loan) -> Holding:
    title = f"{loan.product.name} {loan.number} · {loan.get_state_display()}"
    if loan.state in {Loan.State.PREPARED, Loan.State.APPROVED}:
        why = _("A loan is being made of it. If you do not want it any more, tell the loan desk first.")
        return Holding(title, why, must_end=True)
    if loan.is_outstanding:
        why = _(
            "It has to be repaid all the same, though no longer online; reminders go to your address. "
            "Kept until it is repaid, and then for the period that the law sets."
        )
        return Holding(title, why)
    return Holding(title, _("Kept for the period that the law sets for such records."))
