"""A committee with members, and a meeting that waits for the secretary."""

from datetime import date, timedelta

from core.accounts.models import User
from core.committees.models import Committee, Meeting
from core.committees.queries import waiting_subjects
from core.committees.services import add_agenda_item, add_member, plan_meeting, send_notice
from demo.data.clock import at, moment
from loans.models import Fund

MEMBERS = ("데모 위원장", "데모 위원 가", "데모 위원 나", "데모 위원 다", "데모 위원 라")


def load_committee(*, secretary: User, today: date) -> None:
    """The fund committee; its next meeting decides about what is eligible now."""
    committee, created = Committee.objects.get_or_create(
        code="fund", defaults={"name": "기금운용심의위원회", "legal_basis": "용산구 기금 조례(시연)"}
    )
    if not created:
        return
    Fund.objects.filter(committee=None).update(committee=committee)
    with at(moment(today - timedelta(days=90), 10)):
        for index, name in enumerate(MEMBERS):
            add_member(
                by=secretary,
                committee=committee,
                name=name,
                affiliation="데모 기관",
                is_chair=index == 0,
                appointed_on=today - timedelta(days=90),
            )
    with at(moment(today - timedelta(days=2), 9)):
        meeting = plan_meeting(
            by=secretary,
            committee=committee,
            title="기금운용심의위원회 정기회의",
            starts_at=moment(today + timedelta(days=9), 14),
            place="용산구청 회의실(시연)",
            form=Meeting.Form.MEETING,
        )
        for _kind, subjects in waiting_subjects(secretary, committee):
            for subject in subjects:
                add_agenda_item(by=secretary, meeting=meeting, subject=subject)
        send_notice(by=secretary, meeting=meeting)
