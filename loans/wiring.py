"""Tells the core what it needs to know of this room; imported once the apps are ready."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm

from core.accounts import leaving, sections, worklist
from core.committees.registry import register_subject as register_for_committees
from core.documents.registry import register_owner
from core.payments.registry import register_subject as register_for_payments
from core.privacy.registry import register_data_subject
from loans import receivers, rules
from loans.models import LoanApplication
from loans.queries.applications import applications_for_committee
from loans.queries.leaving import holdings
from loans.queries.work import loan_sections, loan_todos
from loans.services.leaving import erase_drafts


def _may_see(user: Any, application: LoanApplication) -> bool:
    return bool(has_perm("loans.view_loanapplication", user, application))


def _may_change(user: Any, application: LoanApplication) -> bool:
    return application.is_editable and bool(has_perm("loans.edit_application", user, application))


def _office_page(name: str) -> Any:
    def url(obj: Any) -> str:
        return reverse(f"{name}:inspect", args=[obj.pk])

    return url


receivers.connect()
register_owner("loans.LoanApplication", can_view=_may_see, can_change=_may_change, person=rules.subject_of)
register_data_subject("loans.Loan", rules.subject_of)
register_for_payments(
    "loans.Loan",
    title=lambda loan: str(_("Loan %(number)s")) % {"number": loan.number},
    page_url=lambda loan: reverse("loan_detail", args=[loan.pk]),
    office_url=_office_page("loan"),
)
register_for_committees(
    "loans.LoanApplication",
    label=_("Loan applications"),
    title=lambda application: f"{application.receipt_number} {application.business.name}",
    waiting=applications_for_committee,
    proposal=lambda application: {"amount": application.amount, "rank": None},
    office_url=_office_page("loanapplication"),
)
worklist.register(loan_todos)
sections.register(loan_sections)
leaving.register(holdings, erase_drafts=erase_drafts)
