"""Whoever opens the page of a record about somebody else stands in the access log."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.accounts.roles import Role
from core.committees import services as committees
from core.notices.services import queue_notice
from core.payments.services import record_bank_deposit
from core.privacy import registry
from core.privacy.models import AccessLog
from incubator.services.reviews import declare_no_conflict
from tests.core.committees.factories import MeetingFactory, secretary
from tests.core.parcels import Parcel
from tests.core.payments.factories import ChargeFactory
from tests.incubator import factories as incubator
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db


def entry():
    """The last access: who, whose, what, which kind of object, which one."""
    row = AccessLog.objects.first()
    return row and (row.by, row.owner, row.action, row.content_type.model, row.object_id)


def read(client, by, name, row):
    client.force_login(by)
    response = client.get(reverse(name, args=[row.pk]), REMOTE_ADDR="192.0.2.7")
    assert response.status_code == 200
    return response


def test_staff_read_an_application(client):
    staff, row = incubator.staff(), incubator.submitted()
    read(client, staff, "incubator_applications:inspect", row)
    assert entry() == (staff, row.applicant, "view", "application", row.pk)
    assert AccessLog.objects.get().ip == "192.0.2.7"


def test_each_reading_counts(client):
    row = loans.application("submitted")
    finance = loans.finance()
    for number in (1, 2):
        read(client, finance, "loanapplication:inspect", row)
        assert AccessLog.objects.count() == number
    assert entry() == (finance, row.applicant, "view", "loanapplication", row.pk)


def test_staff_read_a_loan(client):
    row, auditor = loans.loan("active"), loans.UserFactory(role=Role.AUDITOR)
    read(client, auditor, "loan:inspect", row)
    assert entry() == (auditor, row.borrower, "view", "loan", row.pk)


def test_a_page_shown_again_with_an_error_was_read_again(client):
    row, staff = incubator.submitted(), incubator.staff()
    client.force_login(staff)
    url = reverse("incubator_applications:act", args=[row.pk, "return"])
    assert client.post(url, {"version": row.version}).status_code == 422
    assert entry() == (staff, row.applicant, "view", "application", row.pk)


def test_who_is_refused_has_read_nothing(client):
    row = loans.application("submitted")
    client.force_login(incubator.staff())
    client.get(reverse("loanapplication:inspect", args=[row.pk]))
    assert not AccessLog.objects.exists()


def test_reading_about_oneself_is_nobodys_business(client):
    staff = incubator.staff()
    read(client, staff, "incubator_applications:inspect", incubator.submitted(applicant=staff))
    assert not AccessLog.objects.exists()


def test_a_page_about_nobody_is_not_logged(client):
    read(client, incubator.staff(), "incubator_calls:inspect", incubator.CallFactory())
    assert not AccessLog.objects.exists()


def test_the_mentor_reads_the_plan_and_not_only_its_title(client):
    review = incubator.review_in("assigned")
    read(client, review.evaluator, "review_declare", review)
    assert not AccessLog.objects.exists()
    declare_no_conflict(by=review.evaluator, review=review)
    read(client, review.evaluator, "review_score", review)
    assert entry() == (
        review.evaluator,
        review.application.applicant,
        "view",
        "application",
        review.application.pk,
    )


def test_the_committee_reads_an_item_about_an_application(client):
    row = loans.application("eligible")
    meeting, by = MeetingFactory(items=0, committee=row.round.product.fund.committee), secretary()
    item = committees.add_agenda_item(by=by, meeting=meeting, subject=row)
    read(client, by, "committee_items:inspect", item)
    assert entry() == (by, row.applicant, "view", "agendaitem", item.pk)


def test_finance_reads_payments(client):
    finance, charge, loan = loans.finance(), ChargeFactory(), loans.loan("active")
    read(client, finance, "payment_charges:inspect", charge)
    assert entry() == (finance, charge.payer, "view", "charge", charge.pk)
    deposit = record_bank_deposit(
        by=finance,
        subject=loan,
        amount=1000,
        deposited_on=clock.today(),
        payer_name="데모",
        token=uuid4(),
    )
    read(client, finance, "bank_deposits:inspect", deposit)
    assert entry() == (finance, loan.borrower, "view", "bankdeposit", deposit.pk)


def test_staff_read_a_notice(client):
    staff, person = incubator.staff(), incubator.UserFactory()
    row = queue_notice(
        recipient=person,
        event="accounts.invitation_refused",
        context={"business": "데모 상점", "by": "홍길동"},
        dedupe_key="reading",
    )
    read(client, staff, "notices:inspect", row)
    assert entry() == (staff, person, "view", "notice", row.pk)


def test_the_log_costs_a_page_little(client):
    """The end of the chain, the row, the new end."""
    row, finance = loans.application("submitted"), loans.finance()
    read(client, finance, "loanapplication:inspect", row)
    with CaptureQueriesContext(connection) as queries:
        read(client, finance, "loanapplication:inspect", row)
    assert len([query for query in queries if "privacy_accesslog" in query["sql"]]) == 3


def test_nobody_registered_is_about_nobody(monkeypatch):
    monkeypatch.setattr(registry, "_persons", {})
    sender = incubator.UserFactory()
    parcel = Parcel.objects.create(sender=sender)
    assert registry.data_subject(parcel) is None
    assert registry.data_subject(None) is None
    registry.register_data_subject("core.Parcel", lambda parcel: parcel.sender)
    assert registry.data_subject(parcel) == sender
