"""Who sees which application and loan: what a query lists and what its rule allows are the same."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from rules.permissions import has_perm

from core.accounts.models import Membership
from core.accounts.roles import Role
from core.accounts.services.businesses import remove_member
from core.documents.queries import documents_of
from core.notices.models import Notice
from loans.models import Loan, LoanApplication
from loans.office.scopes import applications_for_office
from loans.queries.applications import applications_for
from loans.queries.loans import loans_for, own_loans
from loans.services.applications import withdraw_application
from loans.services.contracts import cancel_loan, prepare_loan
from loans.services.screening import refuse_application, return_application
from tests.loans import factories as f

pytestmark = pytest.mark.django_db


def leave(business, person, *, stays=None):
    """A co-owner takes ``person`` out of the business."""
    co_owner = stays or f.UserFactory()
    Membership.objects.get_or_create(business=business, user=co_owner, defaults={"part": "owner"})
    remove_member(by=co_owner, membership=Membership.objects.get(business=business, user=person))


@pytest.fixture
def world():
    """Applications and loans in the states that matter, and everybody who might want to see them."""
    round_ = f.loan_round()
    applicant, member, left, finance = f.UserFactory(), f.UserFactory(), f.UserFactory(), f.finance()
    mine = f.BusinessFactory(owner=applicant)
    Membership.objects.create(business=mine, user=member, part="member")
    f.application("draft", round_=round_, by=applicant, business=mine)
    # handed in and gone
    gone = f.application("submitted", round_=round_)
    withdraw_application(by=gone.applicant, application=gone)
    # never handed in
    never = f.application("draft", round_=round_)
    withdraw_application(by=never.applicant, application=never)
    back = f.application("submitted", round_=round_)
    return_application(by=f.finance(), application=back, reason="서류")
    f.application("draft", round_=round_, by=finance)
    loan = f.loan("active", round_=round_, by=left)
    leave(loan.business, left, stays=member)
    off = f.loan("prepared", round_=round_)
    cancel_loan(by=f.finance(), loan=off, reason="포기")
    people = {role.value: f.UserFactory(role=role) for role in Role}
    return SimpleNamespace(
        loan=loan,
        left=left,
        people={
            **people,
            "anonymous": AnonymousUser(),
            "stranger": f.UserFactory(),
            "applicant": applicant,
            "member": member,
            "left": left,
            "own draft": finance,
            "called off": off.borrower,
            "inactive member": inactive(mine),
            "inactive finance": inactive(mine, role=Role.FINANCE_STAFF),
            "superuser": f.UserFactory(is_superuser=True),
        },
    )


def inactive(business, **fields):
    user = f.UserFactory(**fields)
    Membership.objects.create(business=business, user=user, part="member")
    user.is_active = False
    user.save()
    return user


@pytest.mark.parametrize(
    ("query", "permission", "model"),
    [
        (applications_for, "loans.view_loanapplication", LoanApplication),
        (loans_for, "loans.view_loan", Loan),
        (own_loans, "loans.pay_loan", Loan),
    ],
)
def test_a_query_lists_what_its_rule_allows(world, query, permission, model):
    for who, user in world.people.items():
        listed = set(query(user))
        allowed = {row for row in model.objects.all() if has_perm(permission, user, row)}
        assert listed == allowed, who
        assert query(user).count() == len(listed), who


def test_the_office_lists_what_was_handed_in_and_no_draft_of_ones_own(world):
    for role in Role:
        states = set(applications_for_office(world.people[role]).values_list("state", flat=True))
        assert "draft" not in states
    assert not applications_for_office(world.people["own draft"]).filter(submitted_at=None).exists()
    assert not applications_for_office(world.people["stranger"]).exists()


@pytest.mark.parametrize("role", Role)
def test_the_files_of_a_draft_are_the_businesss_own(client, role):
    row = f.application("draft")
    url = reverse("document_download", args=[documents_of(row).first().key])
    client.force_login(f.UserFactory(role=role))
    assert client.get(url).status_code == 404
    withdraw_application(by=row.applicant, application=row)
    assert client.get(url).status_code == 404
    client.force_login(row.applicant)
    assert reads(client, url)


def test_the_files_of_what_was_handed_in_are_read_by_finance(client):
    row = f.application("submitted")
    client.force_login(f.finance())
    assert reads(client, reverse("document_download", args=[documents_of(row).first().key]))


def reads(client, url):
    response = client.get(url)
    return response.status_code == 200 and b"".join(response.streaming_content) == f.PDF


def test_who_was_taken_out_of_the_business_still_sees_and_pays_their_own_loan(client, world):
    loan = world.loan
    client.force_login(world.left)
    assert loan.number in client.get(reverse("my_loans")).content.decode()
    assert client.get(reverse("loan_detail", args=[loan.pk])).status_code == 200
    assert client.get(reverse("loan_schedule_csv", args=[loan.pk])).status_code == 200
    wrong = client.post(reverse("loan_pay", args=[loan.pk]), {"kind": "payoff", "amount": 1})
    assert wrong.status_code == 409
    gone = client.get(reverse("loan_application_status", args=[loan.application_id]))
    assert gone.status_code == 404


def test_a_loan_that_was_called_off_is_found_again_among_the_applications(client, world):
    borrower = world.people["called off"]
    application = LoanApplication.objects.get(applicant=borrower)
    client.force_login(borrower)
    page = client.get(reverse("my_loans")).content.decode()
    assert reverse("loan_application_status", args=[application.pk]) in page


def test_when_the_applicant_has_left_the_owners_are_told():
    row, owner = f.application("submitted"), f.UserFactory()
    leave(row.business, row.applicant, stays=owner)
    refuse_application(by=f.finance(), application=row, reason="사업장이 다른 구에 있어요.")
    told = Notice.objects.filter(event="loans.application_ineligible")
    assert [notice.recipient for notice in told] == [owner]


def test_the_contract_names_somebody_who_still_acts_for_the_business():
    """Not who applied and has left since: they see neither the application nor what becomes of it."""
    stayed, left = f.application("selected"), f.application("selected")
    owner = f.UserFactory()
    leave(left.business, left.applicant, stays=owner)
    office = f.Office()
    assert prepare_loan(by=office.preparer, application=stayed).borrower == stayed.applicant
    assert prepare_loan(by=office.preparer, application=left).borrower == owner
