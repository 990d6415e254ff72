"""A ledger moving through time: instalments fall due, agreed rates change, held money is applied."""

from __future__ import annotations

from fractions import Fraction

from .allocation import apply_pool
from .ledger import Ledger


def advance(ledger: Ledger, day: int) -> None:
    """Let everything happen that happens by itself up to and on ``day``."""
    while ledger.pending and ledger.pending[0][0] <= day:
        effective, rate = ledger.pending.pop(0)
        _roll_through(ledger, effective)
        change_rate(ledger, effective, rate)
    _roll_through(ledger, day)


def _roll_through(ledger: Ledger, day: int) -> None:
    fixes = ledger.fixes
    while ledger.current < ledger.count and fixes[ledger.current] <= day:
        ledger.roll()
        if ledger.pool:
            apply_pool(ledger, fixes[ledger.current - 1])


def change_rate(ledger: Ledger, day: int, rate: Fraction) -> None:
    """From ``day`` on the loan bears ``rate``; level payments are worked out anew, other plans stay.

    A step to the rate that already stands changes nothing.
    """
    ledger.accrue(day)
    ledger.accrue_late(day)
    if rate == ledger.rate:
        return
    ledger.changes.append((day, rate))
    ledger.reindex()
    if ledger.level and ledger.undue:
        ledger.replan()


def run_to_end(ledger: Ledger) -> Ledger:
    """A copy in which every instalment has fallen due, at the rates already agreed and without payments."""
    ahead = ledger.clone()
    ahead.pool = []
    advance(ahead, ahead.fixes[-1])
    return ahead
