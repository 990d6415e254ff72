"""The borrower's pages are for the people of the business alone."""

from core import clock
from core.accounts.models import Membership
from core.documents.queries import documents_of
from loans.queries.payments import payment_offers
from tests.contracts.access import Access
from tests.loans import factories as f


def a_round(world):
    Membership.objects.create(business=f.BusinessFactory(), user=world.applicant, part="owner")
    return {"pk": f.loan_round().pk}


def draft(world):
    return {"pk": f.application("draft", by=world.applicant).pk}


def submitted(world):
    return {"pk": f.application("submitted", by=world.applicant).pk}


def selected(world):
    return {"pk": f.application("selected", by=world.applicant).pk}


def upload(world):
    row = f.application("draft", by=world.applicant)
    return {"pk": row.pk, "key": documents_of(row).first().key}


def version(world):
    return {"version": 0, "seen": f.LoanApplication.objects.get().seen}


def stale(world):
    return {"version": 99}


def active(world):
    return {"pk": f.loan("active", by=world.applicant).pk}


def prepared(world):
    return {"pk": f.loan("prepared", by=world.applicant).pk}


def repaid(world):
    return {"pk": f.loan("repaid", by=world.applicant).pk}


def next_instalment(world):
    loan = f.Loan.objects.get()
    return {"kind": "next", "amount": payment_offers(loan, clock.today())[0].amount}


def missing_document(world):
    return {"code": "tax"}


ROWS = [
    Access("loan_calculator", everyone=200),
    Access("loan_apply", args=a_round, signed_in=200),
    Access("loan_apply", "post", args=a_round, signed_in=422),
    Access("loan_application_edit", args=draft, applicant=200, signed_in=404),
    Access("loan_application_edit", args=submitted, applicant=302, signed_in=404),
    Access("loan_application_edit", "post", args=draft, applicant=302, signed_in=404),
    Access("loan_application_autosave", "post", args=draft, applicant=200, signed_in=404),
    Access("loan_application_autosave", "post", args=submitted, applicant=409, signed_in=404),
    Access("loan_document_add", "post", args=draft, data=missing_document, applicant=422, signed_in=404),
    Access("loan_document_remove", "post", args=upload, applicant=302, signed_in=404),
    Access("loan_application_submit", args=draft, applicant=200, signed_in=404),
    Access("loan_application_submit", "post", args=draft, data=version, applicant=302, signed_in=404),
    Access("loan_application_submit", "post", args=draft, data=stale, applicant=409, signed_in=404),
    Access("loan_application_submitted", args=submitted, applicant=200, signed_in=404),
    Access("loan_application_status", args=submitted, applicant=200, signed_in=404),
    Access("loan_application_withdraw", "post", args=draft, data=version, applicant=302, signed_in=404),
    Access("loan_application_withdraw", "post", args=selected, data=stale, applicant=409, signed_in=404),
    Access("my_loans", signed_in=200),
    Access("loan_detail", args=active, applicant=200, signed_in=404),
    Access("loan_detail", args=prepared, applicant=200, signed_in=404),
    Access("loan_schedule_csv", args=active, applicant=200, signed_in=404),
    Access("loan_pay", "post", args=active, data=next_instalment, applicant=302, signed_in=404),
    Access("loan_pay", "post", args=active, applicant=409, signed_in=404),
    Access("loan_certificate", args=repaid, applicant=200, signed_in=404),
    Access("loan_certificate", args=active, signed_in=404),
]
