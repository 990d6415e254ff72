"""Which event tells whom what. Handlers run inside the transaction of the change and only queue."""

from datetime import date
from typing import Any

from django.urls import reverse

from core.accounts.models import Membership, User
from core.notices.registry import on
from core.notices.services import queue_notice
from core.workflow.models import Change
from loans.books.replaying import loan_state
from loans.models import LedgerEntry, Loan, LoanApplication, LoanCertificate, LoanInstalment

APPLICATION = "loans.LoanApplication"
LOAN = "loans.Loan"
SCHEDULE_ROWS = 3


def _about_application(event: str, change: Change, application: LoanApplication, **facts: Any) -> None:
    for recipient in _people_of(application):
        queue_notice(
            recipient=recipient,
            event=f"loans.{event}",
            context={
                "round": application.round.title,
                "business": application.business.name,
                "receipt_number": application.receipt_number or "",
                "reason": change.reason,
                **facts,
            },
            dedupe_key=f"loans.{event}:{application.pk}:{change.version}:{recipient.pk}",
            url=reverse("loan_application_status", args=[application.pk]),
        )


def _people_of(application: LoanApplication) -> list[User]:
    """Who is told: the applicant; the business's owners once the applicant has left and sees it no longer."""
    members = application.business.memberships.select_related("user")
    if members.filter(user=application.applicant_id).exists():
        return [application.applicant]
    return [row.user for row in members.filter(part=Membership.Part.OWNER)]


def _about_loan(event: str, loan: Loan, key: str, **facts: Any) -> None:
    queue_notice(
        recipient=loan.borrower,
        event=f"loans.{event}",
        context={
            "number": loan.number,
            "product": loan.product.name,
            "business": loan.business.name,
            "by_bank": loan.is_bank_serviced,
            **facts,
        },
        dedupe_key=f"loans.{event}:{loan.pk}:{key}",
        url=reverse("loan_detail", args=[loan.pk]),
    )


@on(APPLICATION, "submit")
@on(APPLICATION, "resubmit")
def tell_submitted(change: Change, application: LoanApplication) -> None:
    _about_application(
        "application_submitted",
        change,
        application,
        amount=application.amount,
        submitted_at=change.at,
    )


@on(APPLICATION, "return_for_correction")
def tell_returned(change: Change, application: LoanApplication) -> None:
    _about_application("application_returned", change, application, correct_by=application.correct_by)


@on(APPLICATION, "confirm_eligible")
def tell_eligible(change: Change, application: LoanApplication) -> None:
    _about_application("application_eligible", change, application)


@on(APPLICATION, "refuse_ineligible")
def tell_ineligible(change: Change, application: LoanApplication) -> None:
    _about_application("application_ineligible", change, application)


@on(APPLICATION, "select")
@on(APPLICATION, "promote")
def tell_selected(change: Change, application: LoanApplication) -> None:
    _about_application(
        "application_selected",
        change,
        application,
        amount=application.decided_amount,
        draw_by=application.draw_by,
        moved_up=change.transition == "promote",
        by_bank=application.round.product.is_bank_serviced,
        is_planned=application.waits_for_registration,
    )


@on(APPLICATION, "put_on_reserve")
def tell_reserve(change: Change, application: LoanApplication) -> None:
    _about_application(
        "application_reserve",
        change,
        application,
        order=application.reserve_order,
        amount=application.decided_amount,
    )


@on(APPLICATION, "reject")
def tell_rejected(change: Change, application: LoanApplication) -> None:
    _about_application("application_rejected", change, application)


@on(APPLICATION, "cancel_selection")
def tell_cancelled(change: Change, application: LoanApplication) -> None:
    _about_application("application_cancelled", change, application)


@on(LOAN, "approve")
def tell_approved(change: Change, loan: Loan) -> None:
    _about_loan("loan_approved", loan, str(change.version), principal=loan.principal)


@on(LOAN, "repay")
def tell_repaid(change: Change, loan: Loan) -> None:
    _about_loan("loan_repaid", loan, str(change.version), repaid_on=loan.repaid_on)


@on(LOAN, "accelerate")
def tell_accelerated(change: Change, loan: Loan) -> None:
    _about_loan("loan_accelerated", loan, str(change.version), reason=change.reason)


def tell_disbursed(loan: Loan) -> None:
    """The loan was paid out; the first instalments go with it."""
    first = loan.instalments.all()[:SCHEDULE_ROWS]
    _about_loan(
        "loan_disbursed",
        loan,
        "1",
        principal=loan.principal,
        annual_rate=loan.annual_rate,
        disbursed_on=loan.disbursed_on,
        matures_on=loan.matures_on,
        first=[{"due_on": row.due_on, "amount": row.total} for row in first],
    )


def tell_payment(loan: Loan, entry: LedgerEntry) -> None:
    """Money came in: what it was used for, and what is held."""
    used: dict[str, int] = {}
    for part in loan_state(loan, entry.value_date).allocations_of(entry.event_id):
        used[part.component.value] = used.get(part.component.value, 0) + part.amount
    _about_loan(
        "payment_received",
        loan,
        str(entry.sequence),
        amount=entry.amount,
        received_on=entry.value_date,
        used=used,
        held=entry.amount - sum(used.values()),
        balance=loan.balance,
    )


def tell_cost(entry: LedgerEntry) -> None:
    """A cost was charged: how much and what for."""
    facts = {"amount": entry.amount, "reason": entry.note, "charged_on": entry.value_date}
    _about_loan("cost_charged", entry.loan, str(entry.sequence), **facts)


def tell_due_soon(loan: Loan, instalment: LoanInstalment, *, days: int, amount: int) -> None:
    """An instalment falls due in ``days`` days; ``amount`` is what is still to be paid of it."""
    _about_loan(
        "instalment_due",
        loan,
        f"{instalment.due_on}:{days}",
        due_on=instalment.due_on,
        amount=amount,
        days=(instalment.due_on - (loan.as_of or instalment.due_on)).days,
    )


def tell_overdue(loan: Loan, *, since: date, threshold: int) -> None:
    """Something has been overdue for ``threshold`` days or more."""
    _about_loan(
        "instalment_overdue",
        loan,
        f"{since}:{threshold}",
        days=loan.days_overdue,
        arrears=loan.arrears,
        late_interest=loan.late_interest,
        since=since,
        as_of=loan.as_of,
    )


def tell_certificate_revoked(certificate: LoanCertificate) -> None:
    """A payment behind the certificate was taken back: it no longer holds."""
    _about_loan("certificate_revoked", certificate.loan, certificate.number, certificate=certificate.number)
