"""Numbers that come in from outside as text."""

from django.http import HttpRequest

LONGEST = 18  # fits every integer column


def whole_number(text: str) -> int | None:
    """The number that ``text`` writes in plain digits; nothing for everything else.

    ``isdigit`` also takes “²”, which ``int`` refuses, and Python refuses to read thousands of digits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def posted_number(request: HttpRequest, name: str) -> int:
    """A whole number that a page posts back; -1, which is no version and no sum, for what cannot be read."""
    number = whole_number(request.POST.get(name, ""))
    return -1 if number is None else number
