"""Terms and events survive JSON exactly, and nothing else is taken for them."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from loans.engine import (
    Acceleration,
    Component,
    EngineError,
    LateRule,
    Payment,
    Prepaying,
    RateChange,
    Rescheduling,
    Reversal,
    Terms,
    Waiver,
    event_from_dict,
    event_to_dict,
    from_dict,
    to_dict,
)

from .strategies import any_terms, histories

TERMS = Terms(
    principal=100,
    annual_rate="0.015",
    start=date(2025, 1, 10),
    instalments=2,
    late=LateRule(spread="0.03"),
    holidays=frozenset({date(2025, 3, 1), date(2025, 1, 1)}),
)


@given(any_terms())
def test_terms_round_trip(terms):
    again = from_dict(json.loads(json.dumps(to_dict(terms))))
    assert again == terms
    assert hash(again) == hash(terms)
    assert json.dumps(to_dict(again)) == json.dumps(to_dict(terms))


@given(histories())
def test_events_round_trip(case):
    for event in case[1]:
        assert event_from_dict(json.loads(json.dumps(event_to_dict(event)))) == event


@pytest.mark.parametrize(
    "event",
    [
        Payment(id="p", value_date=date(2025, 1, 1), amount=1, prepaying=Prepaying.LOWER),
        Waiver(id="w", value_date=date(2025, 1, 1), amount=1, component=Component.INTEREST, instalment=3),
        RateChange(id="r", value_date=date(2025, 1, 1), annual_rate="1/3"),
        Rescheduling(
            id="s", value_date=date(2025, 1, 1), instalments=2, amounts=(1, 2), next_due=date(2025, 2, 1)
        ),
        Acceleration(id="a", value_date=date(2025, 1, 1)),
        Reversal(id="v", value_date=date(2025, 1, 1), target="p"),
    ],
)
def test_each_kind_of_event_round_trips(event):
    written = event_to_dict(event)
    assert written["type"] == type(event).__name__
    assert event_from_dict(json.loads(json.dumps(written))) == event


def test_what_is_written():
    written = to_dict(TERMS)
    assert written["version"] == 1
    assert written["annual_rate"] == "3/200"
    assert written["start"] == "2025-01-10"
    assert written["holidays"] == ["2025-01-01", "2025-03-01"]
    assert written["late"]["spread"] == "3/100"
    assert written["late"]["rate"] is None
    assert written["method"] == "equal_principal"
    assert written["bands"][1] == {"days": 30, "label": "precautionary"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"version": 2}, "version"),
        ({"version": None}, "version"),
        ({"colour": "red"}, "terms"),
        ({"start": "tomorrow"}, "start"),
        ({"start": 5}, "start"),
        ({"method": "none"}, "method"),
        ({"late": {"colour": 1}}, "late"),
        ({"late": 5}, "late"),
        ({"principal": -1}, "principal"),
        ({"principal": "5"}, "principal"),
        ({"annual_rate": 0.5}, "annual_rate"),
        ({"tranches": 5}, "tranches"),
    ],
)
def test_what_is_not_read(changes, field):
    with pytest.raises(EngineError) as caught:
        from_dict(to_dict(TERMS) | changes)
    assert caught.value.field == field
    assert caught.value.rule.split()[0] in {"must", "can", "has"}


def test_refusals_say_what_is_wrong():
    with pytest.raises(EngineError, match=r"^version: must be 1$"):
        from_dict({})
    with pytest.raises(EngineError, match=r"^terms: has unknown fields: a, b$"):
        from_dict(to_dict(TERMS) | {"b": 1, "a": 1})
    with pytest.raises(EngineError, match=r"^start: can not be read: Invalid isoformat"):
        from_dict(to_dict(TERMS) | {"start": "x"})
    with pytest.raises(EngineError, match=r"^type: must be the name of an event class$"):
        event_from_dict({"type": "Terms"})
    with pytest.raises(EngineError, match=r"^event: has unknown fields: colour$"):
        event_from_dict({"type": "Acceleration", "colour": 1})
    with pytest.raises(EngineError, match=r"^holidays: can not be read"):
        from_dict(to_dict(TERMS) | {"holidays": ["x"]})


def test_missing_and_unknown():
    written = to_dict(TERMS)
    del written["principal"]
    with pytest.raises(EngineError) as caught:
        from_dict(written)
    assert caught.value.field == "terms"
    for data in ({}, {"type": None}, {"type": ["Payment"]}, {"type": "Terms"}, {"type": "Event", "id": "x"}):
        with pytest.raises(EngineError) as caught:
            event_from_dict(data)
        assert caught.value.field == "type"


def test_defaults_fill_what_older_rows_lack():
    written = to_dict(TERMS)
    del written["bands"]
    assert from_dict(written) == replace(TERMS)
