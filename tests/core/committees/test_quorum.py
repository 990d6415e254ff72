import pytest

from core.committees.quorum import Attendance, Flaw, attendance_for_item, flaw_of


@pytest.mark.parametrize(
    ("members", "present", "has_quorum"),
    [
        (10, 6, True),
        (10, 5, False),
        (9, 5, True),
        (9, 4, False),
        (1, 1, True),
        (2, 1, False),
        (3, 2, True),
        (0, 0, False),
    ],
)
def test_quorum_is_more_than_half_of_the_members(members, present, has_quorum):
    assert Attendance(members, present).has_quorum is has_quorum


@pytest.mark.parametrize(
    ("present", "votes_for", "approval"),
    [
        (6, 4, None),
        (6, 3, Flaw.NOT_A_MAJORITY),
        (5, 3, None),
        (5, 2, Flaw.NOT_A_MAJORITY),
        (7, 0, Flaw.NOT_A_MAJORITY),
    ],
)
def test_an_approval_needs_more_than_half_of_those_present(present, votes_for, approval):
    attendance = Attendance(members=8, present=present)
    assert flaw_of(attendance, votes_for=votes_for, votes_against=0, needs_majority=True) == approval


@pytest.mark.parametrize(
    ("votes_for", "votes_against", "needs_majority", "flaw"),
    [
        (3, 3, False, None),  # a tie rejects
        (4, 2, False, Flaw.IS_A_MAJORITY),
        (4, 3, True, Flaw.TOO_MANY_VOTES),
        (-1, 0, None, Flaw.TOO_MANY_VOTES),
        (0, 0, None, None),  # put off without a vote
        (6, 0, True, None),
    ],
)
def test_votes_and_outcome_must_fit(votes_for, votes_against, needs_majority, flaw):
    attendance = Attendance(members=9, present=6)
    found = flaw_of(
        attendance, votes_for=votes_for, votes_against=votes_against, needs_majority=needs_majority
    )
    assert found == flaw


@pytest.mark.parametrize(
    ("present", "recused", "expected"),
    [
        ({1, 2, 3}, set(), (5, 3, True)),
        ({1, 2, 3}, {3}, (4, 2, False)),  # the recused one was needed
        ({1, 2, 3}, {5}, (4, 3, True)),  # a recused absent one is not missed
        ({1, 2, 3, 9}, set(), (5, 3, True)),  # a stranger does not count
    ],
)
def test_recused_members_count_neither_as_members_nor_as_present(present, recused, expected):
    attendance = attendance_for_item({1, 2, 3, 4, 5}, present, recused)
    assert (attendance.members, attendance.present, attendance.has_quorum) == expected
