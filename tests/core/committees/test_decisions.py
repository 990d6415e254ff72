"""Votes, what they mean, and how much they give."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.committees import services
from core.committees.models import AgendaItem, Decision, Recusal
from core.errors import NotNow
from tests.core.committees.factories import MeetingFactory, MemberFactory, decide, secretary

pytestmark = pytest.mark.django_db


def test_a_decision_is_carried_out_with_it(consequences):
    item = MeetingFactory(members=5, present=3).items.get()
    by = secretary()
    decision = services.record_decision(
        by=by,
        item=item,
        outcome="amended",
        votes_for=2,
        votes_against=1,
        amount=40_000_000,
        rank=1,
        note="감액",
    )
    assert (decision.members, decision.present, decision.amount, decision.rank) == (5, 3, 40_000_000, 1)
    [facts] = consequences
    assert (facts["subject"], facts["decision"], facts["by"]) == (item.subject, decision, by)


def test_what_cannot_be_carried_out_is_not_decided(consequences):
    consequences.broken = True
    item = MeetingFactory(members=3, present=3).items.get()
    with pytest.raises(RuntimeError):
        decide(item)
    assert not Decision.objects.exists()


def test_a_decision_is_recorded_once(consequences):
    item = MeetingFactory(members=3, present=3).items.get()
    decide(item)
    with pytest.raises(NotNow):
        decide(AgendaItem.objects.get(pk=item.pk), "rejected", votes_for=0)
    assert len(consequences) == 1


@pytest.mark.parametrize(("members", "present"), [(5, 2), (4, 2)])
def test_without_quorum_nothing_is_decided(members, present):
    item = MeetingFactory(members=members, present=present).items.get()
    with pytest.raises(ValidationError):
        decide(item, votes_for=2)
    assert not Decision.objects.exists()


def test_a_recusal_can_cost_the_quorum():
    meeting = MeetingFactory(members=5, present=3)
    item = meeting.items.get()
    member = meeting.attendances.filter(present=True).first().member
    for _twice in range(2):
        services.record_recusal(
            by=secretary(), item=item, member=member, kind="barred", reason="배우자의 업체"
        )
    assert Recusal.objects.count() == 1
    with pytest.raises(ValidationError):
        decide(item, votes_for=2)
    assert not Decision.objects.exists()


def test_a_recusal_comes_before_the_decision_and_from_the_committee(consequences):
    meeting = MeetingFactory(members=3, present=3)
    item = meeting.items.get()
    with pytest.raises(ValidationError):
        services.record_recusal(
            by=secretary(), item=item, member=MemberFactory(), kind="withdrew", reason="x"
        )
    decide(item)
    member = meeting.attendances.first().member
    with pytest.raises(NotNow):
        services.record_recusal(by=secretary(), item=item, member=member, kind="withdrew", reason="x")


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "approved", "votes_for": 1},
        {"outcome": "rejected", "votes_for": 3},
        {"outcome": "approved", "votes_for": 4},
        {"outcome": "amended", "votes_for": 3},
    ],
)
def test_votes_that_do_not_fit_are_refused(wrong):
    with pytest.raises(ValidationError):
        decide(MeetingFactory(members=3, present=3).items.get(), **wrong)


@pytest.mark.parametrize(
    ("outcome", "amount", "note", "wrong"),
    [
        ("approved", 40_000_000, "감액", "amount"),  # another amount is a change
        ("approved", 60_000_000, "증액", "amount"),
        ("amended", 60_000_000, "증액", "amount"),  # more than was asked for
        ("amended", 40_000_000, " ", "note"),
    ],
)
def test_an_amount_that_was_not_proposed_is_refused(outcome, amount, note, wrong, consequences):
    item = MeetingFactory(members=3, present=3).items.get()
    with pytest.raises(ValidationError) as refused:
        decide(item, outcome, amount=amount, note=note)
    assert list(refused.value.message_dict) == [wrong]
    assert not consequences
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "amount", "note", "decided"),
    [
        ("approved", None, "", 50_000_000),
        ("approved", 50_000_000, "", 50_000_000),
        ("amended", 40_000_000, "감액", 40_000_000),
        ("amended", None, "담보를 요구함", 50_000_000),
        ("deferred", 50_000_000, "", None),
    ],
)
def test_a_decision_keeps_the_amount_it_gives(outcome, amount, note, decided, consequences):
    item = MeetingFactory(members=3, present=3).items.get()
    assert decide(item, outcome, amount=amount, note=note).amount == decided


def test_no_amount_is_decided_where_none_was_asked_for(consequences):
    item = MeetingFactory(members=3, present=3).items.get()
    item.proposal = {}
    item.save()
    with pytest.raises(ValidationError):
        decide(item, amount=1)
    assert decide(item).amount is None


def test_a_wrong_amount_is_told_at_its_field(client):
    client.force_login(secretary())
    item = MeetingFactory(members=3, present=3).items.get()
    url = reverse("committee_items:act", args=[item.pk, "decide"])
    page = client.post(
        url, {"version": 0, "outcome": "approved", "votes_for": 3, "votes_against": 0, "amount": 60_000_000}
    )
    [form] = [row["form"] for row in page.context["open_actions"] if row["action"].name == "decide"]
    assert page.status_code == 422
    assert list(form.errors) == ["amount"]


def test_what_is_put_off_can_come_again(consequences):
    item = MeetingFactory(members=3, present=3).items.get()
    decide(item, "deferred", votes_for=0)
    again = MeetingFactory(items=0)
    assert services.add_agenda_item(by=secretary(), meeting=again, subject=item.subject)


def test_decisions_need_an_open_meeting():
    with pytest.raises(NotNow):
        decide(MeetingFactory(members=3, called=True).items.get())
