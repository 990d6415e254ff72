"""What stands in the tables of a page, cell by cell, as people read it, and what its forms complain about."""

import re

from bs4 import BeautifulSoup
from django.http import HttpResponse

Row = list[str]


def tables_of(page: HttpResponse, heading: str) -> list[list[Row]]:
    """The tables of the section whose heading is ``heading``, each with its head as the first row."""
    soup = BeautifulSoup(page.content, "html.parser")
    title = next(found for found in soup.find_all(re.compile("^h[1-6]$")) if _text(found) == heading)
    section = title.find_parent("section")
    return [
        [[_text(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
        for table in section.find_all("table")
    ]


def rows_of(page: HttpResponse, heading: str, head: str) -> list[Row]:
    """The rows below ``head`` (its cells between bars), which every table of the section must have."""
    rows: list[Row] = []
    for found, *body in tables_of(page, heading):
        assert found == cells(head)[0]
        rows += body
    return rows


def cells(text: str) -> list[Row]:
    """A table between bars; ``·`` is an empty cell."""
    lines = [line.strip().strip("|") for line in text.strip().splitlines()]
    return [["" if cell.strip() == "·" else cell.strip() for cell in line.split("|")] for line in lines]


def wrong_fields(answer, action):
    """The fields that the form of ``action`` complains about; the page keeps what was typed."""
    assert answer.status_code == 422
    form = next(row["form"] for row in answer.context["open_actions"] if row["action"].name == action)
    return {name or "__all__" for name in form.errors}


def _text(found) -> str:
    return " ".join(found.get_text().split())
