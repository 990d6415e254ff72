"""Takes what names a person out of free text: the messages of exceptions, which end up in logs and lists.

Names cannot be told from other words; the databases' habit of repeating a row is therefore cut off whole.
"""

import re

WITHHELD = "[withheld]"
_START, _END = r"(?<![0-9A-Za-z-])", r"(?![0-9A-Za-z-])"
_RULES = [
    (re.compile(pattern, flags), replacement)
    for pattern, flags, replacement in (
        # what PostgreSQL adds to a refusal, up to its next part or the next exception of the traceback
        (
            r"(DETAIL|CONTEXT):.*?(?=\n(?:HINT|CONTEXT|LINE \d+):|\n\n(?:The above|During)|\Z)",
            re.DOTALL,
            rf"\1: {WITHHELD}",
        ),
        (r"(\bkey \([^)\n]*\)=)\([^\n]*\)", re.IGNORECASE, rf"\1({WITHHELD})"),
        (r"(LINE \d+:)[^\n]*", 0, rf"\1 {WITHHELD}"),
        (r'((?:: |\bnear ))"[^"\n]*"', 0, rf'\1"{WITHHELD}"'),
        # links that sign somebody in or give a new password
        (r"(/accounts/(?:confirm-email|password/reset/key)/)[^/\s\"']+", 0, rf"\1{WITHHELD}"),
        (r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", 0, WITHHELD),
        (rf"{_START}\d{{6}}-?\d{{7}}{_END}", 0, WITHHELD),  # of residents and corporations
        (rf"{_START}\d{{3,6}}-\d{{2,6}}-\d{{5,7}}{_END}", 0, WITHHELD),  # of businesses and bank accounts
        (rf"(?:\+82[-. ]?|{_START}0)\d{{1,2}}[-. ]?\d{{3,4}}[-. ]?\d{{4}}{_END}", 0, WITHHELD),
    )
]


def redact(text: str) -> str:
    """``text`` without addresses of mail, numbers of telephones and registers, rows and secret links."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
