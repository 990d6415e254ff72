"""The secretary works; staff and those who read everything read along."""

from tests.contracts.access import Access, form
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


SEEN = dict.fromkeys(SEES, 200)
WORKS = {"committee_secretary": 422, "editor": 404}

ROWS = [
    Access("committees:index", **SEEN),
    Access("committees:index_results", **SEEN),
    Access("committees:inspect", args=committee, **SEEN, editor=404),
    *form("committees:add", committee_secretary=200),
    *form("committees:edit", committee, committee_secretary=200),
    Access("committees:act", "post", args=appoint, **WORKS),
    Access("committee_meetings:index", **SEEN),
    Access("committee_meetings:index_results", **SEEN),
    Access("committee_meetings:inspect", args=meeting, **SEEN, editor=404),
    *form("committee_meetings:add", committee_secretary=200),
    Access("committee_meetings:act", "post", args=close, **WORKS),
    Access("committee_items:index", **SEEN),
    Access("committee_items:index_results", **SEEN),
    Access("committee_items:inspect", args=item, **SEEN, editor=404),
    Access("committee_items:act", "post", args=decide, **WORKS),
]
