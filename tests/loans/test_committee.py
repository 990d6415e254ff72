"""Loan applications before the committee of their fund."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core import clock
from core.accounts.worklist import todos_for
from core.committees import services as committees
from core.committees.queries import waiting_subjects
from loans.models import LoanApplication
from loans.services.setup import change_setup
from tests.core.committees.factories import CommitteeFactory, MemberFactory
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


def offered(committee):
    return [row for _kind, rows in waiting_subjects(f.secretary(), committee) for row in rows]


def test_an_application_waits_for_the_committee_of_its_fund_alone():
    row = f.application("eligible")
    assert offered(f.fund_committee()) == [row]
    assert offered(CommitteeFactory(name="창업지원센터 운영위원회")) == []


def test_without_a_committee_finance_is_told_to_say_which():
    row = f.application("eligible")
    fund = row.round.product.fund
    fund.committee = None
    fund.save()
    assert offered(CommitteeFactory()) == []
    [todo] = [todo for todo in todos_for(f.finance()) if todo.kind == "loans_funds"]
    assert (todo.count, todo.url) == (1, reverse("loans_funds:index"))
    change_setup(by=f.finance(), row=fund, values={"committee": f.fund_committee()}, reason="위원회를 정함")
    assert offered(f.fund_committee()) == [row]
    assert not [todo for todo in todos_for(f.finance()) if todo.kind == "loans_funds"]


@pytest.fixture
def decide(client):
    """Post a decision about each of the applications in turn; gives the answers."""

    def post(*rows, present=3, **fields):
        by, committee = f.secretary(), f.fund_committee()
        for _ in range(3):
            MemberFactory(committee=committee)
        meeting = committees.plan_meeting(
            by=by, committee=committee, title="x", starts_at=clock.now() + timedelta(days=8)
        )
        items = [committees.add_agenda_item(by=by, meeting=meeting, subject=row) for row in rows]
        committees.send_notice(by=by, meeting=meeting)
        with time_machine.travel(meeting.starts_at):
            client.force_login(by)
            members = list(committee.members.all())[:present]
            committees.record_attendance(by=by, meeting=meeting, present=members)
            return [
                client.post(
                    reverse("committee_items:act", args=[item.pk, "decide"]),
                    {"version": 0, "outcome": "approved", "votes_for": 3, "votes_against": 0, **fields},
                )
                for item in items
            ]

    return post


def errors(answer):
    return next(
        row["form"].errors for row in answer.context["open_actions"] if row["action"].name == "decide"
    )


def test_approved_as_proposed_lends_what_was_asked_for(decide):
    row = f.application("eligible", amount=30 * MILLION)
    [answer] = decide(row, amount=30 * MILLION)
    row.refresh_from_db()
    assert (answer.status_code, row.state, row.decided_amount) == (302, "selected", 30 * MILLION)


def test_a_missing_quorum_keeps_what_was_typed(decide):
    row = f.application("eligible", amount=30 * MILLION)
    [answer] = decide(row, present=1, note="조건: 담보 없음")
    assert (answer.status_code, list(errors(answer))) == (422, ["__all__"])
    assert "조건: 담보 없음" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "eligible"


def test_a_place_beyond_all_places_is_told_at_the_field(decide):
    [answer] = decide(f.application("eligible"), rank=10**20)
    assert (answer.status_code, list(errors(answer))) == (422, ["rank"])


def test_an_amount_is_typed_as_people_write_it(decide):
    row = f.application("eligible", amount=30 * MILLION)
    [answer] = decide(row, amount="30,000,000원")
    row.refresh_from_db()
    assert (answer.status_code, row.decided_amount) == (302, 30 * MILLION)


def test_another_amount_is_told_at_the_field_and_changes_nothing(decide):
    row = f.application("eligible", amount=30 * MILLION)
    [answer] = decide(row, amount=50 * MILLION)
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "eligible")
    assert list(errors(answer)) == ["amount"]


def test_a_place_on_the_reserve_that_is_taken_is_told_at_the_field(decide):
    round_ = f.loan_round(plan=10 * MILLION)
    rows = [f.application("eligible", round_=round_) for _ in range(2)]
    _first, second = decide(*rows, rank=1)
    assert list(errors(second)) == ["rank"]
    assert sorted(LoanApplication.objects.values_list("state", flat=True)) == ["eligible", "reserve"]
