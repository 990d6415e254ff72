"""What the loans' office lists, and for whom: the queries of the app without people's own pages."""

from typing import Any

from django.db.models import QuerySet

from loans.models import Loan, LoanApplication
from loans.queries.applications import HANDED_IN, applications_for
from loans.queries.loans import loans_for
from loans.rules import may_see_all_applications, may_see_all_loans


def applications_for_office(user: Any) -> QuerySet[LoanApplication]:
    """Everything that was handed in: drafts are private."""
    if not may_see_all_applications(user):
        return LoanApplication.objects.none()
    return applications_for(user).filter(HANDED_IN)


def loans_for_office(user: Any) -> QuerySet[Loan]:
    return loans_for(user) if may_see_all_loans(user) else Loan.objects.none()
