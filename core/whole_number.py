"""Numbers that come in from outside as text."""

LONGEST = 18  # fits every integer column


def whole_number(text: str) -> int | None:
    """The number that ``text`` writes in plain digits; nothing for everything else.

    ``isdigit`` also takes “²”, which ``int`` refuses, and Python refuses to read thousands of digits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None
