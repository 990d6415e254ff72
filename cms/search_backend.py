"""Wagtail's search in the database, for whatever somebody types.

SQLite takes a quotation mark in a word for its own syntax and answers with an error; thousands of words
make an expression too deep for Python. Every search of the site and of the office goes through here.
"""

from functools import cache
from typing import Any

from wagtail.search.backends import database
from wagtail.search.query import And, Or, Phrase, PlainText

LONGEST, MOST_PARTS = 200, 50
NOTHING = ""
"""A query that finds nothing."""


def plain_words(text: str) -> str:
    """The words of ``text`` that can be looked for, and not more of it than anybody means."""
    words = text[:LONGEST].replace('"', " ").replace("\x00", " ").split()
    return " ".join(word for word in words[:MOST_PARTS] if any(map(str.isalnum, word)))


def plain_query(query: Any) -> Any:
    """``query``, a text or composed of texts, with plain words only."""
    if isinstance(query, str):
        return plain_words(query)
    if isinstance(query, PlainText):
        words = plain_words(query.query_string)
        return PlainText(words, query.operator, query.boost) if words else NOTHING
    if isinstance(query, Phrase):
        words = plain_words(query.query_string)
        return Phrase(words) if words else NOTHING
    if isinstance(query, And | Or):
        parts = [part for part in map(plain_query, query.subqueries[:MOST_PARTS]) if part != NOTHING]
        return type(query)(parts) if parts else NOTHING
    return query


class PlainQueries:
    """A search backend that is asked in plain words only."""

    def _search(self, compiler: Any, query: Any, *args: Any, **options: Any) -> Any:
        return super()._search(compiler, plain_query(query), *args, **options)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 — the name that Wagtail looks for
    """The search of the default database, in plain words."""
    return _in_plain_words(type(database.SearchBackend(dict(params))))(params)  # type: ignore[arg-type]


@cache
def _in_plain_words(kind: type[Any]) -> type[Any]:
    return type(kind.__name__, (PlainQueries, kind), {})
