"""The secretary works; staff and those who read everything read along."""

from tests.contracts.access import Access, OfficeViews
from tests.core.committees.factories import CommitteeFactory, MeetingFactory

READS = ["programme_staff", "finance_staff", "finance_approver", "auditor", "administrator"]
SEES = ["committee_secretary", *READS]


def committee(world):
    return {"pk": CommitteeFactory().pk}


def meeting(world):
    return {"pk": MeetingFactory(members=3, present=3).pk}


def item(world):
    return {"pk": MeetingFactory(members=3, present=3).items.get().pk}


def appoint(world):
    return committee(world) | {"action": "add-member"}


def close(world):
    return meeting(world) | {"action": "close"}


def decide(world):
    return item(world) | {"action": "decide"}


ROWS = [
    OfficeViews("committees", args=committee, see=SEES, change=["committee_secretary"]),
    OfficeViews("committee_meetings", args=meeting, see=SEES, change=["committee_secretary"]),
    OfficeViews("committee_items", args=item, see=SEES),
    Access("committees:act", "post", args=appoint, committee_secretary=422),
    Access("committee_meetings:act", "post", args=close, committee_secretary=422),
    Access("committee_items:act", "post", args=decide, committee_secretary=422),
]
