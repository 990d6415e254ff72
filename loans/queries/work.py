"""What waits for a person: borrowers, finance staff, approvers."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.accounts.roles import Role, has_role
from core.accounts.sections import Row, Section
from core.accounts.worklist import Todo
from core.money import format_won
from loans.models import Loan, LoanApplication
from loans.queries.applications import applications_for, overdue, own_applications
from loans.queries.loans import loans_for, own_loans
from loans.queries.payments import SOON
from loans.queries.status import application_status, loan_status

A, L = LoanApplication.State, Loan.State
SHOWN = 5


def loan_todos(user: User) -> Iterable[Todo]:
    """Everything about loans that waits for ``user``."""
    yield from _own(user)
    if has_role(user, Role.FINANCE_STAFF):
        yield from _staff(user)
    if has_role(user, Role.FINANCE_APPROVER):
        yield from _approver(user)


def _own(user: User) -> Iterator[Todo]:
    today = clock.today()
    for application in own_applications(user).filter(state__in=[A.DRAFT, A.RETURNED]):
        yield Todo(
            _("Correct the loan application")
            if application.state == A.RETURNED
            else _("Finish the loan application"),
            reverse("loan_application_edit", args=[application.pk]),
            application.deadline,
            "loan_application",
            application.round.title,
        )
    for application in own_applications(user).filter(state=A.SELECTED, business__registration_number=None):
        yield Todo(
            _("Register the business and add its number"),
            reverse("business_edit", args=[application.business_id]),
            application.draw_by,
            "loan_application",
            application.round.title,
        )
    for loan in own_loans(user).filter(state__in=Loan.OUTSTANDING):
        if loan.days_overdue:
            words = (
                _("Ask the bank: no payment of %(amount)s was reported")
                if loan.is_bank_serviced
                else _("Pay what is overdue: %(amount)s")
            )
            yield Todo(
                words % {"amount": format_won(loan.owed)},
                reverse("loan_detail", args=[loan.pk]),
                today - timedelta(days=loan.days_overdue),
                "loan_overdue",
                loan.number,
            )
        elif loan.next_due_on and loan.next_due_on <= today + SOON and loan.next_due_amount > loan.unapplied:
            words = (
                _("Pay the next instalment at the bank: %(amount)s")
                if loan.is_bank_serviced
                else _("Pay the next instalment: %(amount)s")
            )
            yield Todo(
                words % {"amount": format_won(loan.next_due_amount - loan.unapplied)},
                reverse("loan_detail", args=[loan.pk]),
                loan.next_due_on,
                "loan_due",
                loan.number,
            )


def _staff(user: User) -> Iterator[Todo]:
    """Counts with a link to the list; two queries."""
    today = clock.today()
    of_applications = (
        applications_for(user)
        .order_by()
        .aggregate(
            screen=Count("pk", filter=Q(state=A.SUBMITTED)),
            uncorrected=Count("pk", filter=overdue("correction")),
            prepare=Count("pk", filter=Q(state=A.SELECTED)),
            late=Count("pk", filter=overdue("draw")),
            undecidable=Count("pk", filter=Q(state=A.ELIGIBLE, round__fund_year__fund__committee=None)),
        )
    )
    running = Q(state__in=Loan.OUTSTANDING)
    of_loans = (
        loans_for(user)
        .order_by()
        .aggregate(
            disburse=Count("pk", filter=Q(state=L.APPROVED) & ~Q(approved_by=user)),
            due=Count("pk", filter=running & Q(next_due_on=today, next_due_amount__gt=F("unapplied"))),
            overdue=Count("pk", filter=running & Q(days_overdue__gt=0)),
            longest=Max("days_overdue", filter=running),
        )
    )
    rows = (
        (_("Check loan applications"), "loanapplication", "state=submitted", of_applications["screen"]),
        (
            _("Not corrected in time"),
            "loanapplication",
            "state=returned&overdue=correction",
            of_applications["uncorrected"],
        ),
        (_("Prepare loans"), "loanapplication", "state=selected", of_applications["prepare"]),
        (
            _("Selected, not drawn in time"),
            "loanapplication",
            "state=selected&overdue=draw",
            of_applications["late"],
        ),
        (_("Applications to a fund without a committee"), "loans_funds", "", of_applications["undecidable"]),
        (_("Pay out loans"), "loan", "state=approved", of_loans["disburse"]),
    )
    yield from (_counted(*row) for row in rows if row[3])
    if of_loans["due"]:
        yield _counted(_("Instalments due today"), "loan", "standing=due_today", of_loans["due"], today)
    if of_loans["overdue"]:
        since = today - timedelta(days=of_loans["longest"])
        yield _counted(_("Overdue loans"), "loan", "standing=overdue", of_loans["overdue"], since)


def _approver(user: User) -> Iterator[Todo]:
    count = loans_for(user).filter(state=L.PREPARED).exclude(prepared_by=user).count()
    if count:
        yield _counted(_("Approve loans"), "loan", "state=prepared", count)


def _counted(title: str, name: str, query: str, count: int, due: date | None = None) -> Todo:
    """``count`` of a kind behind one link; ``due`` is the day of the oldest."""
    return Todo(title, office_list_url(name, query), due, name, "", count)


def office_list_url(name: str, query: str = "") -> str:
    """The office's list of applications or loans, filtered."""
    url = reverse(f"{name}:index")
    return f"{url}?{query}" if query else url


def loan_sections(user: User) -> list[Section]:
    """The cards “my loans” and “my loan applications”; nothing for those who have neither."""
    loans = list(own_loans(user)[:SHOWN])
    became_loans = [loan.application_id for loan in loans if loan.application_id is not None]
    open_ones = own_applications(user).exclude(state__in=[A.WITHDRAWN]).exclude(pk__in=became_loans)
    applications = list(open_ones[:SHOWN])
    sections = []
    if loans:
        rows = [
            Row(
                f"{loan.product.name} {loan.number}",
                *loan_status(loan),
                _("%(balance)s left") % {"balance": format_won(loan.balance)}
                if loan.state in Loan.PAID_OUT
                else "",
                reverse("loan_detail", args=[loan.pk]),
            )
            for loan in loans
        ]
        sections.append(Section(_("My loans"), rows, "", reverse("my_loans")))
    if applications:
        rows = [
            Row(
                application.round.title,
                *application_status(application),
                application.business.name,
                reverse("loan_application_status", args=[application.pk]),
            )
            for application in applications
        ]
        sections.append(Section(_("My loan applications"), rows, "", reverse("my_loans")))
    return sections
