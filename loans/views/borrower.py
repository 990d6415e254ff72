"""The borrower's loans: what is due now, how it went, what was paid for what."""

import csv
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.money import format_won
from core.payments.services import is_online_payment_available
from core.privacy.requests import address_of
from core.privacy.services import record_access
from core.whole_number import posted_number
from loans.books.replaying import loan_state
from loans.documents import certificate_pdf
from loans.models import Loan
from loans.queries.applications import own_applications, without_a_loan
from loans.queries.history import loan_history
from loans.queries.loans import instalments_of, ledger_lines, own_loans, valid_certificate
from loans.queries.payments import payment_offers
from loans.queries.public import open_rounds
from loans.queries.schedule import schedule_by_year
from loans.queries.status import application_status, loan_status
from loans.services.repayments import request_payment
from loans.views.requests import SignedIn

PER_PAGE = 20


@login_required
@require_GET
def my_loans(request: SignedIn) -> HttpResponse:
    """All loans and all applications that have not become one."""
    page = Paginator(own_loans(request.user), PER_PAGE).get_page(request.GET.get("page"))
    applications = without_a_loan(own_applications(request.user))
    page_of_applications = Paginator(applications, PER_PAGE).get_page(request.GET.get("applications"))
    context = {
        "page": page,
        "loans": [(loan, loan_status(loan)) for loan in page],
        "page_of_applications": page_of_applications,
        "applications": [(row, application_status(row)) for row in page_of_applications],
        "rounds": open_rounds(),
    }
    return render(request, "loans/borrower/my_loans.html", context)


@login_required
@require_GET
def loan_detail(request: SignedIn, pk: int) -> HttpResponse:
    """What is due now and by when; the schedule; the ledger with every payment's allocation."""
    loan = _own(request, pk)
    today = clock.today()
    context = {
        "loan": loan,
        "status": loan_status(loan),
        "today": today,
        "events": loan_history(loan.history().steps()),
        "can_pay": loan.is_paid_online and is_online_payment_available(),
    }
    if loan.state in Loan.PAID_OUT:
        context |= _standing(loan, today, request.GET.get("ledger"))
    return render(request, "loans/borrower/detail.html", context)


def _standing(loan: Loan, today: date, page: str | None) -> dict[str, Any]:
    """What the ledger says today. Instalments and figures are replayed: the page never shows yesterday's."""
    state = loan_state(loan, today)
    offers = payment_offers(loan, today) if loan.is_outstanding else []
    main = offers[0] if offers and offers[0].kind != "payoff" else None
    repaid = loan.principal - state.principal_outstanding
    lines = ledger_lines(loan, today, state)
    return {
        "state": state,
        "main_offer": main,
        "more_offers": [offer for offer in offers if offer is not main],
        "next": state.next_instalment,
        "rows": state.instalments,
        "years": schedule_by_year(state),
        "lines": Paginator(lines[::-1], PER_PAGE).get_page(page),
        "has_costs": any(line.fees for line in lines),
        "certificate": valid_certificate(loan),
        "paid_principal": repaid,
        "today_words": _("on %(day)s") % {"day": today},
        "overdue_words": _("%(days)s days") % {"days": state.days_overdue},
        "repaid_words": _("%(repaid)s of %(all)s repaid")
        % {"repaid": format_won(repaid), "all": format_won(loan.principal)},
    }


@login_required
@require_POST
def loan_pay(request: SignedIn, pk: int) -> HttpResponse:
    """Start to pay what the person chose; the amount is worked out by the server."""
    checkout = request_payment(
        by=request.user,
        loan=_own(request, pk),
        kind=request.POST.get("kind", ""),
        shown_amount=posted_number(request, "amount"),
    )
    return redirect("payment_wait", checkout.charge.key)


@login_required
@require_GET
def loan_certificate(request: SignedIn, pk: int) -> HttpResponse:
    """The certificate of full repayment, set anew from the facts that were frozen with it."""
    loan = _own(request, pk)
    certificate = valid_certificate(loan)
    if certificate is None:
        raise Http404
    record_access(
        by=request.user,
        action="download",
        owner=loan.borrower,
        obj=loan,
        reason=certificate.number,
        ip=address_of(request),
    )
    response = HttpResponse(certificate_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{certificate.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
def loan_schedule_csv(request: SignedIn, pk: int) -> HttpResponse:
    """The schedule for a spreadsheet."""
    loan = _own(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{loan.number}.csv"'
    response.write("\ufeff")  # so that Excel reads Korean
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Instalment"),
            _("Due on"),
            _("Days"),
            _("Principal"),
            _("Interest"),
            _("Total"),
            _("Amount paid"),
            _("Balance"),
        ]
    )
    for row in instalments_of(loan):
        writer.writerow(
            [row.number, row.due_on, row.days, row.principal, row.interest, row.total, row.paid, row.balance]
        )
    return response


def _own(request: SignedIn, pk: int) -> Loan:
    return get_object_or_404(own_loans(request.user), pk=pk)
