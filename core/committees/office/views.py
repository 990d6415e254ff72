from typing import Any

from core.accounts.requests import signed_in
from core.committees.models import Meeting
from core.committees.services import plan_meeting
from core.office.editing import AddView
from core.whole_number import whole_number


class PlanMeetingView(AddView):
    """The form of a new meeting; the service plans it."""

    def get_initial(self) -> dict[str, Any]:
        """What waits for a committee leads here with the committee already chosen."""
        return super().get_initial() | {"committee": whole_number(self.request.GET.get("committee", ""))}

    def add(self, part: Meeting) -> Meeting:
        return plan_meeting(
            by=signed_in(self.request),
            committee=part.committee,
            title=part.title,
            starts_at=part.starts_at,
            place=part.place,
            form=part.form,
        )
