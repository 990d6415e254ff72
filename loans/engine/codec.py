"""Terms and events as JSON-ready dictionaries and back, exactly.

Rates become text such as ``"1/100"``, dates ISO text, enums their values. ``version`` lets old rows be read for as
long as there are any.
"""

from __future__ import annotations

import types
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
    """The terms that :func:`to_dict` wrote. EngineError for another version, an unknown field or a bad value."""
    require(data.get("version") == VERSION, "version", f"must be {VERSION}")
    terms: Terms = _decode(Terms, {name: value for name, value in data.items() if name != "version"}, "terms")
    return terms


def event_to_dict(event: _events.Event) -> dict[str, Any]:
    """An event as a dictionary of JSON types; ``type`` is the name of its class."""
    return {"type": type(event).__name__, **_encode(event)}


def event_from_dict(data: dict[str, Any]) -> _events.Event:
    """The event that :func:`event_to_dict` wrote."""
    kind = _EVENT_TYPES.get(data.get("type", ""))
    if kind is None:
        raise EngineError("type", "must be the name of an event class")
    event: _events.Event = _decode(kind, {name: v for name, v in data.items() if name != "type"}, "event")
    return event


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_encode(item) for item in value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
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
        if value is None:
            return None
        # A rate's hint lists all that it may be made from; the first is what is written.
        return _decode(next(option for option in get_args(hint) if option is not type(None)), value, name)
    if origin in (tuple, frozenset):
        item = get_args(hint)[0]
        return origin(_decode(item, each, name) for each in value)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        unknown = set(value) - set(hints)
        require(not unknown, name, f"has unknown fields: {', '.join(sorted(unknown))}")
        record: Any = hint
        return record(**{key: _decode(hints[key], each, key) for key, each in value.items()})
    if hint is date:
        return date.fromisoformat(value)
    if hint is Fraction:
        return exact_rate(value, name)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return value
