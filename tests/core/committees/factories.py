"""Committees and meetings in every state, reached through the services."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import factory

from core import clock
from core.accounts.models import Business
from core.committees import registry, services
from core.committees.models import Committee, CommitteeMember, Meeting
from tests.core.accounts.factories import BusinessFactory, UserFactory


def secretary():
    return UserFactory(roles=["committee_secretary"])


@contextmanager
def businesses_wait(waiting=lambda user, committee: Business.objects.order_by("pk")):
    """As if an app had registered businesses: each asks for 50 million, by default of any committee."""
    kind = registry.SubjectKind(
        model_label="accounts.business",
        label="사업체",
        title=lambda business: business.name,
        waiting=waiting,
        proposal=lambda business: {"amount": 50_000_000, "rank": None},
        office_url=lambda business: "",
    )
    with patch.dict(registry._kinds, {kind.model_label: kind}):
        yield


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee

    name = factory.Sequence(lambda n: f"데모 심의위원회{n}")
    code = factory.Sequence(lambda n: f"demo-{n}")


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitteeMember

    by = factory.LazyFunction(secretary)
    committee = factory.SubFactory(CommitteeFactory)
    name = factory.Sequence(lambda n: f"데모 위원{n}")
    appointed_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return services.add_member(**kwargs)


class MeetingFactory(factory.django.DjangoModelFactory):
    """Planned for two hours from now, with ``members`` members and one item; ``called`` and ``present`` go on."""

    class Meta:
        model = Meeting

    committee = factory.SubFactory(CommitteeFactory)
    title = "제3차 심의"
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(seconds=30))

    @classmethod
    def _create(cls, model_class, *args, members=0, items=1, called=False, present=None, **kwargs):
        by = secretary()
        people = [MemberFactory(committee=kwargs["committee"]) for _ in range(members)]
        meeting = services.plan_meeting(by=by, **kwargs)
        with businesses_wait():
            for number in range(items):
                subject = BusinessFactory(name=f"안건 {number + 1}")
                services.add_agenda_item(by=by, meeting=meeting, subject=subject)
        if called or present is not None:
            meeting = services.send_notice(by=by, meeting=meeting, reason="긴급")
        if present is not None:
            meeting = services.record_attendance(by=by, meeting=meeting, present=people[:present])
        return meeting


def decide(item, outcome="approved", votes_for=3, votes_against=0, **more):
    return services.record_decision(
        by=secretary(), item=item, outcome=outcome, votes_for=votes_for, votes_against=votes_against, **more
    )


def minuted():
    """A meeting whose one item is decided and whose minutes are written."""
    meeting = MeetingFactory(members=3, present=3)
    decide(meeting.items.get())
    return services.close_meeting(by=secretary(), meeting=meeting, minutes="토론")
