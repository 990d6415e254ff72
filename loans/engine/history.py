"""From everything recorded to what counts on a day: events up to it, in order, without the reversed ones."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter

from .errors import EngineError, require
from .events import Event, Payment, Reversal
from .rules import Prepaying

_ORDER = attrgetter("value_date", "sequence", "id")
_TURN = {
    Prepaying.HOLD: 0,
    Prepaying.NEXT: 1,
    Prepaying.LOWER: 2,
    Prepaying.SHORTEN: 3,
}


def effective(events: Iterable[Event], as_of: date) -> list[Event]:
    """The events with value date ≤ ``as_of`` that stand, by value date, sequence and id.

    A reversal erases its target from the target's own date; a reversal that is itself reversed restores it.
    Raises EngineError for a repeated id, an unknown target, a target that comes later, or one reversed twice.
    """
    known = sorted((event for event in events if event.value_date <= as_of), key=_ORDER)
    if len({event.id for event in known}) < len(known):
        raise EngineError("id", "must be unique among the events of a loan")
    if not any(type(event) is Reversal for event in known):
        return known
    return _standing(known)


def _standing(known: list[Event]) -> list[Event]:
    position = {event.id: n for n, event in enumerate(known)}
    erased: set[str] = set()
    # The latest first: whether a reversal stands is decided before what it reverses.
    for n in range(len(known) - 1, -1, -1):
        event = known[n]
        if isinstance(event, Reversal) and event.id not in erased:
            require(event.target in position, "target", "must be an event of this loan, up to the same day")
            require(position[event.target] < n, "target", "must come before its reversal")
            require(event.target not in erased, "target", "must not be reversed already")
            erased.add(event.target)
    return [event for event in known if event.id not in erased and not isinstance(event, Reversal)]


def in_turn(events: list[Event], agreed: Prepaying) -> list[Event]:
    """``events`` with the payments that follow one another on a day in the order of their effects.

    Money that waits for what is due comes first, then that which pays ahead, lowers, shortens: so the
    balance of a day does not depend on which of its payments was recorded first. ``agreed`` is the effect of
    those that name none.
    """
    if not any(isinstance(event, Payment) and event.prepaying for event in events):
        return events
    ordered: list[Event] = []
    for _, some in groupby(events, key=lambda event: (event.value_date, isinstance(event, Payment))):
        ordered += sorted(some, key=lambda event: _turn(event, agreed))
    return ordered


def _turn(event: Event, agreed: Prepaying) -> int:
    return _TURN[event.prepaying or agreed] if isinstance(event, Payment) else 0
