"""What the loans' office lists, and for whom: the queries of the app without people's own pages."""

from typing import Any

from django.db.models import QuerySet
from rules.permissions import has_perm

from loans.models import Loan, LoanApplication
from loans.queries.applications import applications_for
from loans.queries.loans import loans_for
from loans.rules import may_see_all_applications, may_see_all_loans


def applications_for_office(user: Any) -> QuerySet[LoanApplication]:
    """Everything that was handed in: drafts are private."""
    if not may_see_all_applications(user):
        return LoanApplication.objects.none()
    return applications_for(user).filter(submitted_at__isnull=False)


def loans_for_office(user: Any) -> QuerySet[Loan]:
    return loans_for(user) if may_see_all_loans(user) else Loan.objects.none()


def can_screen(user: Any, application: LoanApplication) -> bool:
    """Whether findings can be recorded now."""
    return bool(
        application.state == LoanApplication.State.SUBMITTED
        and has_perm("loans.screen_application", user, application)
    )


def can_take_money(user: Any, loan: Loan) -> bool:
    return bool(loan.state in Loan.PAID_OUT and has_perm("loans.post_payment", user, loan))
