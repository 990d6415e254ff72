"""The mails that people got, as the demo's page lists them."""

import re

from tests.e2e.visitor import Visitor, korean

ATTEMPTS = 60
PAGES = 3


def came(visitor: Visitor, subject: str, *, to: str, **facts: object) -> None:
    """Wait for the mail with ``subject`` in the box of ``to``, read it, and come back."""
    back = visitor.path
    _read(visitor, korean(subject) % facts, to)
    visitor.go(back)


def link_in(visitor: Visitor, subject: str, *, to: str, beginning: str) -> str:
    """Wait for the mail as above; the address in it that begins like that."""
    _read(visitor, korean(subject), to)
    link = re.search(rf"{beginning}[^\s\"'<]+", visitor.page.inner_text("main"))
    assert link, f"the mail “{korean(subject)}” has no link to {beginning}"
    return link[0]


def _read(visitor: Visitor, wanted: str, to: str) -> None:
    for _attempt in range(ATTEMPTS):
        if _open(visitor, wanted, to):
            assert wanted in visitor.page.inner_text("main h1")
            return
        visitor.page.wait_for_timeout(500)
    raise AssertionError(f"no mail “{wanted}” came to {to}")


def _open(visitor: Visitor, subject: str, to: str) -> bool:
    for number in range(1, PAGES + 1):
        visitor.go(f"/demo/mails/?page={number}")
        mail = visitor.page.locator("main li", has_text=subject).filter(has_text=to).locator("a")
        if mail.count():
            visitor.follow(mail.first)
            return True
    return False
