"""Who may do what in which state: every transition × every state × every part, through ``perform``."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.accounts.models import Membership
from core.accounts.roles import Role
from core.errors import NotAllowed, NotNow
from core.workflow.actors import SYSTEM
from core.workflow.perform import can_perform, perform
from loans.models import Loan, LoanApplication, LoanRound
from loans.services.applications import withdraw_application
from loans.services.collection import accelerate_loan, write_off_loan
from loans.services.contracts import cancel_loan, prepare_loan
from loans.services.decisions import cancel_selection, decide_application
from loans.services.disbursement import approve_loan, disburse_loan
from loans.services.screening import refuse_application, return_application
from tests.loans import factories as f

pytestmark = pytest.mark.django_db

# transition: (who, from which states, platform too)
APPLICATION = {
    "submit": ({"applicant"}, {"draft"}, False),
    "return_for_correction": ({"finance"}, {"submitted"}, False),
    "resubmit": ({"applicant"}, {"returned"}, False),
    "confirm_eligible": ({"finance"}, {"submitted"}, False),
    "refuse_ineligible": ({"finance"}, {"submitted", "returned"}, False),
    "select": ({"finance", "secretary"}, {"eligible"}, False),
    "put_on_reserve": ({"finance", "secretary"}, {"eligible"}, False),
    "reject": ({"finance", "secretary"}, {"eligible"}, False),
    "promote": ({"finance", "secretary"}, {"reserve"}, True),
    "cancel_selection": ({"finance", "approver"}, {"selected", "contracted"}, False),
    "withdraw": ({"applicant"}, {"draft", "submitted", "returned", "eligible", "reserve"}, False),
    "contract": ({"finance"}, {"selected"}, False),
}
LOAN = {
    "approve": ({"approver", "first_approver"}, {"prepared"}, False),
    "disburse": ({"finance", "preparer"}, {"approved"}, False),
    "cancel": ({"finance", "approver", "first_approver", "preparer"}, {"prepared", "approved"}, False),
    "repay": ({"finance", "preparer"}, {"active", "accelerated"}, True),
    "reopen": ({"finance", "preparer"}, {"repaid"}, True),
    "accelerate": ({"approver", "first_approver"}, {"active"}, False),
    "write_off": ({"approver", "first_approver"}, {"active", "accelerated"}, False),
}
ROUND = {
    "publish": ({"finance"}, {"draft"}, False),
    "close": ({"finance"}, {"published"}, True),
}


@pytest.mark.parametrize(
    ("model", "table"), [(LoanApplication, APPLICATION), (Loan, LOAN), (LoanRound, ROUND)]
)
def test_the_tables_name_every_transition(model, table):
    assert {t.name for t in model._meta.get_field("state").get_all_transitions(model)} == set(table)


def people(applicant=None):
    return {
        "applicant": applicant or f.UserFactory(),
        "other": f.UserFactory(),
        "finance": f.finance(),
        "approver": f.approver(),
        "secretary": f.secretary(),
        "programme": f.UserFactory(role=Role.PROGRAMME_STAFF),
        "auditor": f.UserFactory(role=Role.AUDITOR),
        "administrator": f.UserFactory(role=Role.ADMINISTRATOR, is_superuser=True),
    }


def outcome(obj, name, by, inputs):
    """What ``perform`` answers; everything is rolled back."""
    try:
        with transaction.atomic():
            perform(obj, name, by=by, **inputs)
            transaction.set_rollback(True)
    except NotAllowed:
        return "not allowed"
    except NotNow:
        return "not now"
    return "done"


def expected(allowed, now):
    return "not allowed" if not allowed else "done" if now else "not now"


def check(obj, table, parts, inputs):
    for name, (who, sources, by_system) in table.items():
        now = obj.state in sources
        for part, user in parts.items():
            given = {k: user if v is Ellipsis else v for k, v in inputs.get(name, {}).items()}
            allowed = part in who
            assert can_perform(obj, name, user) is (allowed and now), (obj.state, name, part)
            assert outcome(obj, name, user, given) == expected(allowed, now), (obj.state, name, part)
        given = {k: None if v is Ellipsis else v for k, v in inputs.get(name, {}).items()}
        assert outcome(obj, name, SYSTEM, given) == expected(by_system, now), (obj.state, name, "system")


def application_in(state):
    if state == "reserve":
        return f.application("reserve", round_=f.loan_round(plan=10_000_000))
    if state == "contracted":
        return f.loan("prepared").application
    start = {
        "returned": "submitted",
        "ineligible": "submitted",
        "rejected": "eligible",
        "cancelled": "selected",
        "withdrawn": "draft",
    }
    row = f.application(start.get(state, state))
    ends = {
        "returned": lambda: return_application(
            by=f.finance(), application=row, reason="서류를 다시 올려 주세요."
        ),
        "ineligible": lambda: refuse_application(
            by=f.finance(), application=row, reason="사업장이 다른 구에 있어요."
        ),
        "rejected": lambda: decide_application(by=f.secretary(), application=row, approved=False),
        "cancelled": lambda: cancel_selection(by=f.finance(), application=row, reason="포기"),
        "withdrawn": lambda: withdraw_application(by=row.applicant, application=row),
    }
    return ends[state]() if state in ends else row


@pytest.mark.parametrize("state", LoanApplication.State.values)
def test_application(state):
    row = application_in(state)
    assert row.state == state
    now, today = clock.now(), clock.today()
    inputs = {
        "submit": {"at": now, "receipt_number": "X-1", "closes_at": now + timedelta(days=1)},
        "return_for_correction": {"correct_by": now},
        "resubmit": {"at": now},
        "select": {"amount": 1, "on": today, "draw_by": today},
        "put_on_reserve": {"amount": 1, "order": 99},
        "promote": {"on": today, "draw_by": today},
    }
    check(row, APPLICATION, people(row.applicant), inputs)


def loan_in(state, office):
    if state in {"prepared", "approved", "active", "repaid"}:
        return f.loan(state, office=office)
    if state == "cancelled":
        return cancel_loan(by=office.preparer, loan=f.loan("prepared", office=office), reason="포기")
    active = f.loan("active", office=office)
    if state == "accelerated":
        return accelerate_loan(by=office.approver, loan=active, reason="2회 연속 미납")
    return write_off_loan(by=office.approver, loan=active, reason="회수 불능")


@pytest.mark.parametrize("state", Loan.State.values)
def test_loan(state):
    office = f.Office()
    row = loan_in(state, office)
    assert row.state == state
    now, today = clock.now(), clock.today()
    inputs = {
        "approve": {"approver": ..., "at": now},
        "disburse": {
            "payer": ...,
            "on": today,
            "annual_rate": Decimal("0.01"),
            "terms": row.terms,
            "matures_on": today,
        },
        "repay": {"on": today},
        "reopen": {"accelerated": False},
    }
    parts = people(row.borrower) | {"preparer": office.preparer}
    if row.approved_by_id:
        parts["first_approver"] = office.approver
    check(row, LOAN, parts, inputs)


@pytest.mark.parametrize("state", LoanRound.State.values)
def test_round(state):
    row = f.loan_round(published=state != "draft")
    after = clock.now().replace(year=clock.now().year + 1)
    if state == "closed":
        row = perform(row, "close", by=SYSTEM, at=after)
    assert row.state == state
    check(row, ROUND, people(), {"close": {"at": after}})


# ── two different people ────────────────────────────────────────────────────
def test_who_prepared_does_not_approve_even_with_both_roles():
    both = f.UserFactory(role=Role.FINANCE_STAFF)
    both.groups.add(f.Group.objects.get(name=Role.FINANCE_APPROVER))
    row = f.loan("prepared", office=f.Office(preparer=both))
    with pytest.raises(NotAllowed):
        approve_loan(by=both, loan=row)


def test_who_approved_does_not_disburse_even_with_both_roles():
    both = f.UserFactory(role=Role.FINANCE_APPROVER)
    both.groups.add(f.Group.objects.get(name=Role.FINANCE_STAFF))
    row = f.loan("approved", office=f.Office(approver=both))
    with pytest.raises(NotAllowed):
        disburse_loan(by=both, loan=row)
    assert not row.entries.exists()


def test_the_database_itself_keeps_the_two_apart():
    row = f.loan("approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.filter(pk=row.pk).update(disbursed_by=row.approved_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.filter(pk=row.pk).update(approved_by=row.prepared_by)


def test_staff_do_not_decide_on_a_loan_of_their_own_business():
    row = f.application("selected")
    insider = f.finance()
    Membership.objects.create(business=row.business, user=insider, part="member")
    with pytest.raises(NotAllowed):
        prepare_loan(by=insider, application=row)


def test_a_day_in_the_future_is_no_disbursement():
    row = f.loan("approved")
    with pytest.raises(ValidationError) as caught:
        disburse_loan(by=f.finance(), loan=row, on=date(clock.today().year + 1, 1, 1))
    assert set(caught.value.message_dict) == {"on"}
