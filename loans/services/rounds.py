"""Announcing a loan round and ending it."""

from core import clock
from core.accounts.models import User
from core.workflow.perform import perform
from loans.models import LoanRound


def publish_round(*, by: User, loan_round: LoanRound, expected_version: int | None = None) -> LoanRound:
    """Show the round to the public; it takes applications between its dates."""
    return perform(loan_round, "publish", by=by, expected_version=expected_version)


def close_round(*, by: User, loan_round: LoanRound, expected_version: int | None = None) -> LoanRound:
    """End the round after its last minute."""
    return perform(loan_round, "close", by=by, expected_version=expected_version, at=clock.now())
