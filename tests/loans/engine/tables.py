"""Schedules and states as tables that can be read across, with 1,234-style amounts."""

from datetime import date


def table(text):
    """The cells of an aligned table; dates and amounts become values, ``·`` means 0 and ``…`` skips a row."""
    lines = [
        line.split() for line in text.strip().splitlines() if line.strip() and set(line.strip()) != {"─"}
    ]
    head, *body = lines
    return [dict(zip(head, map(_value, cells), strict=True)) for cells in body]


def _value(cell):
    if cell == "·":
        return 0
    if cell.count("-") == 2:
        return date.fromisoformat(cell)
    digits = cell.replace(",", "")
    return int(digits) if digits.lstrip("-").isdigit() else cell


def assert_table(rows, text, key="number"):
    """Each line of the table must agree, cell by cell, with the row of the same number."""
    by_key = {getattr(row, key): row for row in rows}
    for want in table(text):
        row = by_key[want[key]]
        assert {name: getattr(row, name) for name in want} == want
