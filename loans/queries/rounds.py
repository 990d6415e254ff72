"""Loan rounds: how much is taken and how much is left."""

from django.db.models import Max, Sum

from loans.models import LoanApplication, LoanRound

State = LoanApplication.State
TAKES_ROOM = (State.SELECTED, State.CONTRACTED)


def selected_amount(loan_round: LoanRound) -> int:
    """Won selected in the round and not cancelled."""
    taken = loan_round.applications.filter(state__in=TAKES_ROOM)
    return taken.aggregate(total=Sum("decided_amount"))["total"] or 0


def room_left(loan_round: LoanRound) -> int:
    """Won that may still be selected."""
    return loan_round.selectable_amount - selected_amount(loan_round)


def next_reserve_order(loan_round: LoanRound) -> int:
    """The place behind the last reserve."""
    reserves = loan_round.applications.filter(state=State.RESERVE)
    return (reserves.aggregate(last=Max("reserve_order"))["last"] or 0) + 1
