"""Leaving: erased at once where nothing has to be kept, else closed with what is kept and why."""

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import storages
from django.urls import reverse

from core.accounts import consents
from core.accounts.leaving import holdings_of
from core.accounts.models import (
    AccountClosing,
    Business,
    BusinessChange,
    Consent,
    Invitation,
    Membership,
    User,
)
from core.accounts.services import accept_invitation, choose_news, close_account, update_business
from core.documents.models import Document
from core.errors import NotNow
from core.notices.models import Notice
from incubator.models import Application
from loans.models import LoanApplication
from tests.core.accounts.factories import (
    BusinessFactory,
    MembershipFactory,
    UserFactory,
    confirmed,
    invitation,
)
from tests.incubator import factories as incubator
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db
PASSWORD = "kept-to-myself"


def member(**facts):
    person = UserFactory(**facts)
    person.set_password(PASSWORD)
    person.save()
    return person


def has_a_file(document):
    return storages["private"].exists(document.stored_as)


def test_somebody_without_anything_is_erased_at_once(client):
    person = member(email="kim@example.com", name="김데모", phone="010-1234-5678")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    consents.record_consents(by=person, texts=consents.current_texts(consents.ACCOUNT))
    business = BusinessFactory(owner=person)
    update_business(by=person, business=business, representative="김데모")
    invitation(UserFactory(), owner=person, business=business)
    elsewhere = BusinessFactory(owner=UserFactory())
    invitation(person, owner=elsewhere.members.get(), business=elsewhere)
    client.force_login(person)
    answer = client.post(reverse("leave"), {"read": "on", "password": PASSWORD})
    assert answer.url == reverse("left")
    assert client.get(answer.url).status_code == 200
    assert client.get(reverse("me")).status_code == 302, "nobody is signed in any more"

    person.refresh_from_db()
    assert (person.is_active, person.phone, person.has_usable_password()) == (False, "", False)
    assert "김데모" not in f"{person.name} {person.email}"
    assert not User.objects.filter(email="kim@example.com").exists(), "the address may sign up again"
    assert not EmailAddress.objects.filter(user=person).exists()
    assert list(Business.objects.all()) == [elsewhere]
    assert not Invitation.objects.exists()
    assert not BusinessChange.objects.exists()
    assert not Consent.objects.filter(user=person, withdrawn_at=None).exists()
    assert AccountClosing.objects.get(user=person).is_erased


def test_drafts_are_erased_with_their_files(django_capture_on_commit_callbacks):
    draft = incubator.draft()
    loan_draft = loans.application(by=draft.applicant)
    files = list(Document.objects.all())
    assert files
    with django_capture_on_commit_callbacks(execute=True):
        close_account(by=draft.applicant)
    assert not Application.objects.exists()
    assert not LoanApplication.objects.filter(pk=loan_draft.pk).exists()
    assert not Document.objects.exists()
    assert not any(map(has_a_file, files))


@pytest.mark.parametrize("state", ["rejected", "withdrawn", "declined", "participating", "graduated"])
def test_what_was_handed_in_is_kept_with_the_reason(state):
    application = incubator.ApplicationFactory(**{state: True})
    person = application.applicant
    closing = close_account(by=person)
    person.refresh_from_db()
    assert not person.is_active
    assert not person.name.startswith("탈퇴")
    assert [row["title"].split(" · ")[0] for row in closing.kept] == [application.call.title]
    mail = Notice.objects.get(event="accounts.account_closed")
    assert application.call.title in mail.body_text
    assert mail.recipient.email == person.email


@pytest.mark.parametrize("state", ["submitted", "returned", "eligible", "waitlisted", "selected"])
def test_what_is_under_way_is_ended_first(client, state):
    person = incubator.ApplicationFactory(**{state: True}).applicant
    with pytest.raises(NotNow):
        close_account(by=person)
    person.set_password(PASSWORD)
    person.save()
    client.force_login(person)
    page = client.get(reverse("leave"))
    assert page.context["first"]
    assert "/applications/" in page.content.decode()
    assert client.post(reverse("leave"), {"read": "on", "password": PASSWORD}).status_code == 409
    assert User.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize(
    ("state", "must_end"), [("prepared", True), ("approved", True), ("active", False), ("repaid", False)]
)
def test_loans(state, must_end):
    borrower = loans.loan(state).borrower
    assert [holding.must_end for holding in holdings_of(borrower)] == [must_end]


@pytest.mark.parametrize(("state", "must_end"), [("submitted", True), ("eligible", True), ("selected", True)])
def test_loan_applications(state, must_end):
    assert [row.must_end for row in holdings_of(loans.application(state).applicant)] == [must_end]


def test_a_business_of_several_people_stays_and_needs_an_owner():
    owner, other = UserFactory(), UserFactory()
    business = BusinessFactory(owner=owner)
    MembershipFactory(business=business, user=other)
    draft = loans.application(by=owner, business=business)
    with pytest.raises(NotNow):
        close_account(by=owner)
    confirmed(other)
    asked = invitation(other, owner=owner, business=business, part=Membership.Part.OWNER)
    accept_invitation(by=other, invitation=asked)
    close_account(by=owner)
    assert [row.user for row in business.memberships.all()] == [other]
    assert LoanApplication.objects.filter(pk=draft.pk).exists(), "the others go on with it"


@pytest.mark.parametrize("role", ["mentor", "finance_staff", "administrator"])
def test_a_role_is_ended_by_an_administrator_first(role):
    with pytest.raises(NotNow):
        close_account(by=UserFactory(roles=[role]))


def test_news_ends_with_the_account():
    person = incubator.withdrawn().applicant
    choose_news(by=person, wanted=True)
    close_account(by=person)
    assert not consents.accepts_news(person)


def test_it_is_asked_for_in_earnest(client):
    person = member()
    client.force_login(person)
    for fields in ({}, {"read": "on"}, {"read": "on", "password": "wrong"}, {"password": PASSWORD}):
        assert client.post(reverse("leave"), fields).status_code == 422
    assert User.objects.get(pk=person.pk).is_active
    person.set_unusable_password()  # signed up with another service
    person.save()
    client.force_login(person)
    assert client.post(reverse("leave"), {"read": "on"}).status_code == 302


def test_twice_is_once():
    person = UserFactory()
    close_account(by=person)
    with pytest.raises(NotNow):
        close_account(by=person)
    assert AccountClosing.objects.count() == 1


@pytest.mark.parametrize(("state", "is_kept"), [("draft", False), ("submitted", True)])
def test_a_business_that_somebody_elses_application_names(state, is_kept):
    """Who applied for it and was taken out of it since is not left without what they wrote."""
    application = incubator.draft() if state == "draft" else incubator.submitted()
    person = UserFactory()
    application.business = BusinessFactory(owner=person)
    application.save(update_fields=["business"])
    assert [row.must_end for row in holdings_of(person)] == ([False] if is_kept else [])
    close_account(by=person)
    application.refresh_from_db()
    assert Business.objects.exists() is is_kept
    assert (application.business is not None) is is_kept


def test_nobody_can_take_the_address_of_the_closed_beforehand():
    person = UserFactory()
    UserFactory(email=f"closed-{person.pk}@closed.invalid")
    close_account(by=person)
    person.refresh_from_db()
    assert person.email.endswith("@closed.invalid")
