"""Who may do what with loans. Nobody acts as staff on a loan of their own."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from core.accounts.models import Membership
from core.accounts.roles import (
    is_administrator,
    is_auditor,
    is_committee_secretary,
    is_finance_approver,
    is_finance_staff,
    is_signed_in,
)
from loans.models import Loan, LoanApplication


@predicate
def acts_for_business(user: Any, obj: Any) -> bool:
    """A member of the business that the application or loan belongs to."""
    return obj is not None and Membership.objects.filter(user=user, business_id=obj.business_id).exists()


@predicate
def has_no_interest(user: Any, obj: Any) -> bool:
    """Not the borrower and not of the business: nobody decides on a loan of their own."""
    if obj is None:
        return True
    person = obj.borrower_id if isinstance(obj, Loan) else obj.applicant_id
    return bool(person != user.pk and not acts_for_business(user, obj))


@predicate
def did_not_prepare(user: Any, loan: Any) -> bool:
    return loan is None or loan.prepared_by_id != user.pk


@predicate
def did_not_approve(user: Any, loan: Any) -> bool:
    """The second person: two roles in one hand don't help."""
    return loan is None or loan.approved_by_id != user.pk


@predicate
def is_borrower(user: Any, obj: Any) -> bool:
    """The person whom the contract names."""
    return isinstance(obj, Loan) and obj.borrower_id == user.pk


@predicate
def is_mine(user: Any, obj: Any) -> bool:
    """What belongs to a business that the person acts for, and the loan that is in their own name.

    An application is the business's: who left the business no longer sees it, and those who stayed go on with
    it. A loan stays with the borrower whom it names: they owe it, whoever takes them out of the business, so
    they see and pay it to the end. ``queries`` say the same; ``tests/loans/test_sight.py`` compares them.
    """
    return bool(is_signed_in(user) and (acts_for_business(user, obj) or is_borrower(user, obj)))


@predicate
def is_handed_in(user: Any, application: Any) -> bool:
    """A draft is private: nobody but its business reads it, or its files, before it is handed in."""
    return (
        application is not None
        and application.submitted_at is not None
        and application.state != LoanApplication.State.DRAFT
    )


@predicate
def is_not_called_off(user: Any, loan: Any) -> bool:
    """A loan that was called off was never one; its application tells the applicant why."""
    return loan is not None and loan.state != Loan.State.CANCELLED


works_with_loans = is_finance_staff | is_finance_approver
sees_all_loans = works_with_loans | is_auditor | is_administrator
sees_all_applications = sees_all_loans | is_committee_secretary
finance_on_it = is_finance_staff & has_no_interest
owes_it = is_mine & is_not_called_off

add_perm("loans.view_loan", sees_all_loans | owes_it)
add_perm("loans.view_loanapplication", (sees_all_applications & is_handed_in) | is_mine)
add_perm("loans.edit_application", is_mine)
add_perm("loans.submit_application", is_mine)
add_perm("loans.screen_application", finance_on_it)
add_perm("loans.decide_application", (is_finance_staff | is_committee_secretary) & has_no_interest)
add_perm("loans.cancel_selection", works_with_loans & has_no_interest)
add_perm("loans.manage_round", is_finance_staff)
add_perm("loans.prepare_loan", finance_on_it)
add_perm("loans.approve_loan", is_finance_approver & did_not_prepare & has_no_interest)
add_perm("loans.disburse_loan", finance_on_it & did_not_approve)
add_perm("loans.cancel_loan", works_with_loans & has_no_interest)
add_perm("loans.pay_loan", owes_it)
add_perm("loans.post_payment", finance_on_it)
add_perm("loans.reverse_entry", works_with_loans & has_no_interest)
add_perm("loans.correct_loan", finance_on_it)
add_perm("loans.close_loan", finance_on_it)
add_perm("loans.accelerate_loan", is_finance_approver & has_no_interest)
add_perm("loans.write_off_loan", is_finance_approver & has_no_interest)
add_perm("loans.see_portfolio", sees_all_loans)
add_perm("loans.list_applications", sees_all_applications)

keeps_products = is_finance_staff | is_administrator
for model in ("fund", "fundyear", "product", "productdocument", "eligibilityitem", "loanround"):
    add_perm(f"loans.view_{model}", sees_all_applications)
    for action in ("add", "change", "delete"):
        add_perm(f"loans.{action}_{model}", keeps_products)


def may_see_all_loans(user: Any) -> bool:
    return bool(sees_all_loans(user))


def may_see_all_applications(user: Any) -> bool:
    return bool(sees_all_applications(user))


def subject_of(obj: Loan | LoanApplication) -> Any:
    """The person whom the data are about."""
    return obj.borrower if isinstance(obj, Loan) else obj.applicant
