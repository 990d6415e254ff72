"""Terms and events as JSON-ready dictionaries and back, exactly.

Rates become text such as ``"1/100"``, dates ISO text, enums their values. ``version`` lets old rows be read
for as long as there are any.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

from . import events as _events
from .errors import EngineError, require
from .rates import exact_rate
from .terms import Terms

VERSION = 1
_EVENT_TYPES = {
    kind.__name__: kind
    for kind in (
        _events.Disbursement,
        _events.Payment,
        _events.Fee,
        _events.Waiver,
        _events.Refund,
        _events.RateChange,
        _events.Rescheduling,
        _events.Acceleration,
        _events.WriteOff,
        _events.Recovery,
        _events.Reversal,
    )
}


def to_dict(terms: Terms) -> dict[str, Any]:
    """``terms`` as a dictionary of JSON types, with its ``version``."""
    return {"version": VERSION, **_encode(terms)}


def from_dict(data: dict[str, Any]) -> Terms:
    """The terms that :func:`to_dict` wrote. EngineError for another version, unknown fields, bad values."""
    require(data.get("version") == VERSION, "version", f"must be {VERSION}")
    terms: Terms = _decode(Terms, {name: value for name, value in data.items() if name != "version"}, "terms")
    return terms


def event_to_dict(event: _events.Event) -> dict[str, Any]:
    """An event as a dictionary of JSON types; ``type`` is the name of its class."""
    return {"type": type(event).__name__, **_encode(event)}


def event_from_dict(data: dict[str, Any]) -> _events.Event:
    """The event that :func:`event_to_dict` wrote. EngineError for other types, unknown fields, bad values."""
    kind = _EVENT_TYPES.get(str(data.get("type")))
    if kind is None:
        raise EngineError("type", "must be the name of an event class")
    event: _events.Event = _decode(kind, {name: v for name, v in data.items() if name != "type"}, "event")
    return event


_WRITERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Enum, lambda value: value.value),
    (Fraction, str),
    (date, date.isoformat),
    (frozenset, lambda value: sorted(map(_encode, value))),
    (tuple, lambda value: list(map(_encode, value))),
)


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return value


def _decode(hint: Any, value: Any, name: str) -> Any:
    try:
        return _decoded(hint, value, name)
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, EngineError):
            raise
        raise EngineError(name, f"can not be read: {error}") from None


def _decoded(hint: Any, value: Any, name: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        # A rate's hint lists all that it may be made from; the first is what is written.
        kind = next(option for option in get_args(hint) if option is not type(None))
        return None if value is None else _decode(kind, value, name)
    if origin in (tuple, frozenset):
        item = get_args(hint)[0]
        return origin(_decode(item, each, name) for each in value)
    if is_dataclass(hint):
        return _record(hint, value, name)
    if hint is Fraction:
        return exact_rate(value, name)
    if hint is date:
        return date.fromisoformat(value)
    return hint(value) if isinstance(hint, type) and issubclass(hint, Enum) else value


def _record(hint: Any, value: dict[str, Any], name: str) -> Any:
    hints = get_type_hints(hint)
    unknown = set(value) - set(hints)
    require(not unknown, name, f"has unknown fields: {', '.join(sorted(unknown))}")
    return hint(**{key: _decode(hints[key], each, key) for key, each in value.items()})
