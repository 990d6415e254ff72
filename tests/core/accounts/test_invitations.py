"""Acting for a business begins with a yes: invited, told, accepted or refused, taken back or lapsed."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from rules.permissions import has_perm

from config.celery import SCHEDULE
from core import clock
from core.accounts.models import Invitation, Membership
from core.accounts.queries import invitations_for, invitations_to_answer
from core.accounts.services import (
    accept_invitation,
    invite,
    lapse_invitations,
    refuse_invitation,
    withdraw_invitation,
)
from core.accounts.services.invitations import MOST_A_DAY
from core.accounts.tasks import end_invitations
from core.accounts.worklist import todos_for
from core.errors import NotAllowed, NotNow, Stale
from core.notices.models import Notice
from tests.core.accounts.factories import (
    BusinessFactory,
    MembershipFactory,
    UserFactory,
    confirmed,
    invitation,
)

pytestmark = pytest.mark.django_db
OWNER, MEMBER = Membership.Part.OWNER, Membership.Part.MEMBER


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda *_args, **_options: None)


def told():
    return list(Notice.objects.order_by("pk").values_list("event", "recipient__email"))


def is_member(person, business):
    return business.memberships.filter(user=person).exists()


# ── asking ──────────────────────────────────────────────────────────────────
def test_an_invitation_makes_nobody_a_member():
    person = confirmed()
    row = invitation(person)
    assert not is_member(person, row.business)
    assert told() == [("accounts.invited", person.email)]


def test_officers_are_not_barred_by_being_invited(client):
    """The owner of a business could switch off whoever decides about it."""
    from tests.loans import factories as loans

    loan = loans.loan("active")
    officer = confirmed(loans.approver())
    assert has_perm("loans.accelerate_loan", officer, loan)
    client.force_login(loan.borrower)
    client.post(reverse("business_invite", args=[loan.business_id]), {"email": officer.email, "part": MEMBER})
    assert has_perm("loans.accelerate_loan", officer, loan)
    accept_invitation(by=officer, invitation=Invitation.objects.get())
    assert not has_perm("loans.accelerate_loan", officer, loan)  # their own doing, with their consent


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_only_an_owner_invites(who):
    business = BusinessFactory()
    person = MembershipFactory(business=business).user if who == "member" else UserFactory()
    with pytest.raises(NotAllowed):
        invite(by=person, business=business, email="kim@example.com", part=MEMBER)


def test_a_double_click_invites_once():
    owner, person = UserFactory(), confirmed(UserFactory(email="kim@example.com"))
    business = BusinessFactory(owner=owner)
    rows = {
        invite(by=owner, business=business, email=email, part=MEMBER).pk
        for email in ("kim@example.com", " Kim@Example.com ")
    }
    assert len(rows) == 1
    assert told() == [("accounts.invited", person.email)]
    with pytest.raises(ValidationError):
        invite(by=owner, business=business, email="kim@example.com", part=OWNER)


@pytest.mark.parametrize(
    ("part", "asked", "fine"), [(MEMBER, OWNER, True), (MEMBER, MEMBER, False), (OWNER, OWNER, False)]
)
def test_a_member_is_only_asked_to_become_an_owner(part, asked, fine):
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    person = confirmed(MembershipFactory(business=business, part=part).user)
    if not fine:
        with pytest.raises(ValidationError):
            invite(by=owner, business=business, email=person.email, part=asked)
        return
    row = invite(by=owner, business=business, email=person.email, part=asked)
    accept_invitation(by=person, invitation=row)
    assert business.memberships.get(user=person).part == OWNER


def test_nobody_invites_without_end():
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    for number in range(MOST_A_DAY):
        row = invite(by=owner, business=business, email=f"p{number}@example.com", part=MEMBER)
        withdraw_invitation(by=owner, invitation=row)
    with pytest.raises(ValidationError):
        invite(by=owner, business=business, email="one-more@example.com", part=MEMBER)
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert invite(by=owner, business=business, email="one-more@example.com", part=MEMBER)


def test_the_owner_learns_nothing_about_the_address(client):
    """Somebody's, not confirmed or nobody's: the page says and shows the same."""
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    client.force_login(owner)
    confirmed(UserFactory(email="one@example.com", name="비밀이름"))
    UserFactory(email="two@example.com", name="비밀이름")
    seen = set()
    for email in ("one@example.com", "two@example.com", "six@example.com"):
        url = reverse("business_invite", args=[business.pk])
        answer = client.post(url, {"email": email, "part": MEMBER}, follow=True)
        [said] = answer.context["messages"]
        row = next(row for row in answer.context["invitations"] if row.email == email)
        seen.add((tuple(answer.redirect_chain), said.message.replace(email, ""), row.state, row.part))
        assert "비밀이름" not in answer.content.decode()
    assert len(seen) == 1


# ── who is asked ────────────────────────────────────────────────────────────
def test_who_has_no_account_finds_it_after_confirming_the_address():
    owner = UserFactory()
    row = invite(by=owner, business=BusinessFactory(owner=owner), email="kim@example.com", part=MEMBER)
    assert told() == []
    person = UserFactory(email="kim@example.com")
    assert not invitations_for(person).exists()  # anybody can write an address into a form
    address = EmailAddress.objects.create(user=person, email="kim@example.com", verified=True)
    email_confirmed.send(EmailAddress, request=None, email_address=address)
    email_confirmed.send(EmailAddress, request=None, email_address=address)
    assert told() == [("accounts.invited", "kim@example.com")]
    assert accept_invitation(by=person, invitation=row).part == MEMBER


def test_it_waits_on_the_persons_own_page(client):
    person = confirmed()
    row = invitation(person)
    [todo] = [todo for todo in todos_for(person) if todo.kind == "invitation"]
    assert (todo.url, todo.due) == (reverse("invitation", args=[row.pk]), row.expires_at)
    client.force_login(person)
    page = client.get(todo.url).content.decode()
    assert row.business.name in page
    assert row.invited_by.name in page
    answer = client.post(reverse("invitation_accept", args=[row.pk]), {"version": row.version})
    assert answer.url == reverse("business_edit", args=[row.business_id])
    assert is_member(person, row.business)
    assert not [todo for todo in todos_for(person) if todo.kind == "invitation"]


@pytest.mark.parametrize("answer", [accept_invitation, refuse_invitation])
def test_nobody_answers_for_another(answer):
    row = invitation(confirmed())
    unconfirmed = UserFactory(email="other@example.com")
    for person in (confirmed(), unconfirmed, row.invited_by):
        with pytest.raises(NotAllowed):
            answer(by=person, invitation=row)


def test_an_address_that_went_to_another_takes_the_invitation_with_it():
    first, second = confirmed(), UserFactory()
    row = invitation(first)
    address = EmailAddress.objects.get(user=first)
    address.delete()
    with pytest.raises(NotAllowed):
        accept_invitation(by=first, invitation=row)
    email_confirmed.send(
        EmailAddress,
        request=None,
        email_address=EmailAddress.objects.create(user=second, email=row.email, verified=True),
    )
    assert told()[-1] == ("accounts.invited", second.email)
    accept_invitation(by=second, invitation=row)
    assert list(invitations_for(second)) == [row]
    assert not invitations_for(first).exists()


# ── the end ─────────────────────────────────────────────────────────────────
def test_accepting_twice_is_too_late_and_changes_nothing(client):
    person = confirmed()
    row = invitation(person, part=OWNER)
    assert accept_invitation(by=person, invitation=row).part == OWNER
    with pytest.raises(NotNow):
        accept_invitation(by=person, invitation=row)
    assert told()[1:] == [("accounts.invitation_accepted", row.invited_by.email)]
    client.force_login(person)
    assert client.get(reverse("invitation", args=[row.pk])).status_code == 200
    answer = client.post(reverse("invitation_accept", args=[row.pk]), {"version": row.version})
    assert answer.status_code == 409


def test_a_member_invitation_takes_nothing_from_an_owner():
    owner, person = UserFactory(), confirmed()
    business = BusinessFactory(owner=owner)
    row = invitation(person, owner=owner, business=business)
    MembershipFactory(business=business, user=person, part=OWNER)
    assert accept_invitation(by=person, invitation=row).part == OWNER


def test_refusing_makes_nobody_a_member_and_masks_the_address(client):
    person = confirmed(UserFactory(email="kimyongsan@example.com"))
    row = invitation(person)
    client.force_login(person)
    refuse = reverse("invitation_refuse", args=[row.pk])
    assert client.post(refuse).status_code == 409  # from no page of ours
    assert client.post(refuse, {"version": row.version}).url == reverse("me")
    row.refresh_from_db()
    assert (row.state, row.email) == ("refused", "ki********@example.com")
    assert not is_member(person, row.business)
    assert told()[1:] == [("accounts.invitation_refused", row.invited_by.email)]
    assert "kimyongsan" not in Notice.objects.get(event="accounts.invitation_refused").body_text


def test_an_owner_takes_it_back(client):
    person = confirmed()
    row = invitation(person)
    client.force_login(row.invited_by)
    take_back = reverse("invitation_withdraw", args=[row.business_id, row.pk])
    assert client.post(take_back, {"version": row.version}).status_code == 302
    assert client.post(take_back, {"version": row.version}).status_code == 409
    assert told()[1:] == [("accounts.invitation_withdrawn", person.email)]
    with pytest.raises(NotNow):
        accept_invitation(by=person, invitation=row)
    client.force_login(person)
    page = client.get(reverse("invitation", args=[row.pk])).content.decode()
    assert gettext("This invitation was taken back") in page


def test_a_member_does_not_take_it_back():
    row = invitation(confirmed())
    with pytest.raises(NotAllowed):
        withdraw_invitation(by=MembershipFactory(business=row.business).user, invitation=row)


def test_it_lapses_after_two_weeks(client):
    person = confirmed()
    row = invitation(person)
    with time_machine.travel(row.expires_at - timedelta(seconds=1), tick=False):
        assert lapse_invitations() == 0
        assert list(invitations_to_answer(person)) == [row]
    with time_machine.travel(row.expires_at, tick=False):
        assert not invitations_to_answer(person).exists()
        with pytest.raises(NotNow):
            accept_invitation(by=person, invitation=row)
        client.force_login(person)
        page = client.get(reverse("invitation", args=[row.pk])).content.decode()
        assert gettext("This invitation has lapsed") in page
        assert end_invitations() == 1
        assert end_invitations() == 0
        assert told()[1:] == [("accounts.invitation_lapsed", row.invited_by.email)]
        again = invitation(person, owner=row.invited_by, business=row.business)
    assert again.pk != row.pk
    assert "core.accounts.tasks.end_invitations" in {entry["task"] for entry in SCHEDULE.values()}


def test_one_that_nobody_has_ended_yet_gives_way_to_a_new_one():
    person = confirmed()
    row = invitation(person)
    with time_machine.travel(row.expires_at):
        again = invitation(person, owner=row.invited_by, business=row.business)
    row.refresh_from_db()
    assert (row.state, again.state) == ("lapsed", "open")


def test_an_old_page_is_told():
    person = confirmed()
    row = invitation(person)
    with pytest.raises(Stale):
        accept_invitation(by=person, invitation=row, expected_version=row.version + 1)


# ── the owner's page ────────────────────────────────────────────────────────
def test_a_wrong_address_is_told_at_its_field(client):
    owner = UserFactory()
    business = BusinessFactory(owner=owner)
    client.force_login(owner)
    url = reverse("business_invite", args=[business.pk])
    for email in ("", "no address", owner.email):
        answer = client.post(url, {"email": email, "part": OWNER})
        assert answer.status_code == 422
        assert answer.context["form"]["email"].value() == email
        assert answer.context["form"]["part"].value() == OWNER
        assert list(answer.context["form"].errors) == ["email"]
    assert not Invitation.objects.exists()


def test_the_owner_sees_what_was_sent_and_members_do_not(client):
    row = invitation(confirmed(UserFactory(email="kim@example.com")))
    url = reverse("business_people", args=[row.business_id])
    client.force_login(row.invited_by)
    assert "kim@example.com" in client.get(url).content.decode()
    client.force_login(MembershipFactory(business=row.business).user)
    assert "kim@example.com" not in client.get(url).content.decode()
