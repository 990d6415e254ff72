"""Loan rounds: how much is taken and how much is left."""

from django.db.models import Max, QuerySet, Sum

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


def reserves(loan_round: LoanRound) -> QuerySet[LoanApplication]:
    """Who waits for a place, the next one first."""
    return loan_round.applications.filter(state=State.RESERVE).order_by("reserve_order")


def next_reserve_order(loan_round: LoanRound) -> int:
    """The place behind the last reserve."""
    return (reserves(loan_round).aggregate(last=Max("reserve_order"))["last"] or 0) + 1
