from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.committees import services
from core.committees.models import CommitteeMember
from core.errors import NotAllowed, NotNow
from tests.core.accounts.factories import UserFactory
from tests.core.committees.factories import CommitteeFactory, MemberFactory, secretary

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("appointed", "ends"),
    [("2026-01-01", "2027-12-31"), ("2026-03-15", "2028-03-14"), ("2024-02-29", "2026-02-28")],
)
def test_a_term_is_two_years(appointed, ends):
    assert MemberFactory(appointed_on=date.fromisoformat(appointed)).term_ends_on == date.fromisoformat(ends)


def test_at_most_ten_members():
    committee = CommitteeFactory()
    for _ in range(10):
        MemberFactory(committee=committee)
    with pytest.raises(ValidationError):
        MemberFactory(committee=committee)
    services.end_membership(by=secretary(), member=committee.members.first(), on=clock.today())
    assert MemberFactory(committee=committee, appointed_on=clock.today())


@pytest.mark.parametrize("with_account", [True, False])
def test_nobody_sits_twice_or_on_more_than_three(with_account):
    person = {"user": UserFactory()} if with_account else {"name": "데모 위원", "affiliation": "데모대학교"}
    committees = [CommitteeFactory() for _ in range(4)]
    for committee in committees[:3]:
        MemberFactory(committee=committee, **person)
    with pytest.raises(ValidationError):
        MemberFactory(committee=committees[0], **person)
    with pytest.raises(ValidationError):
        MemberFactory(committee=committees[3], **person)


def test_serving_begins_and_ends():
    member = MemberFactory(appointed_on=date(2024, 5, 1))
    serving = CommitteeMember.objects.serving_on
    assert [serving(date(2024, 4, 30)).count(), serving(date(2024, 5, 1)).count()] == [0, 1]
    assert [serving(date(2026, 4, 30)).count(), serving(date(2026, 5, 1)).count()] == [1, 0]
    services.end_membership(by=secretary(), member=member, on=date(2025, 1, 1))
    assert not serving(date(2025, 1, 1)).exists()
    with pytest.raises(NotNow):
        services.end_membership(by=secretary(), member=member, on=date(2025, 2, 1))


def test_leaving_before_the_appointment_is_refused():
    with pytest.raises(ValidationError):
        services.end_membership(by=secretary(), member=MemberFactory(), on=date(2000, 1, 1))


@pytest.mark.parametrize("role", ["programme_staff", "finance_staff", "auditor", "administrator", "mentor"])
def test_only_the_secretary_appoints(role):
    with pytest.raises(NotAllowed):
        MemberFactory(by=UserFactory(roles=[role]))
