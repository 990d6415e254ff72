"""The arithmetic of a vote: who counts, how many must be there, how many must agree. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """Why a vote does not stand."""

    NO_QUORUM = "no_quorum"
    TOO_MANY_VOTES = "too_many_votes"
    NOT_A_MAJORITY = "not_a_majority"
    IS_A_MAJORITY = "is_a_majority"


@dataclass(frozen=True)
class Attendance:
    """For one item. Who is recused counts neither as a member nor as present."""

    members: int
    present: int

    @property
    def needed_present(self) -> int:
        """More than half of the members."""
        return self.members // 2 + 1

    @property
    def needed_votes(self) -> int:
        """More than half of those present; a tie is not enough."""
        return self.present // 2 + 1

    @property
    def has_quorum(self) -> bool:
        return self.members > 0 and self.present >= self.needed_present


def attendance_for_item(members: set[int], present: set[int], recused: set[int]) -> Attendance:
    """Those who may vote on an item, by the ids of the members."""
    return Attendance(members=len(members - recused), present=len((present & members) - recused))


def flaw_of(
    attendance: Attendance, *, votes_for: int, votes_against: int, needs_majority: bool | None
) -> Flaw | None:
    """What is wrong with a vote, if anything.

    ``needs_majority``: ``True`` for an approval, ``False`` for a rejection (which a majority contradicts),
    ``None`` where the outcome is not a matter of the majority, as in putting off.
    """
    if not attendance.has_quorum:
        return Flaw.NO_QUORUM
    if votes_for < 0 or votes_against < 0 or votes_for + votes_against > attendance.present:
        return Flaw.TOO_MANY_VOTES
    is_majority = votes_for >= attendance.needed_votes
    if needs_majority is True and not is_majority:
        return Flaw.NOT_A_MAJORITY
    if needs_majority is False and is_majority:
        return Flaw.IS_A_MAJORITY
    return None
