"""The mails that people got, as the demo's page lists them."""

from tests.e2e.visitor import Visitor, korean

ATTEMPTS = 60
PAGES = 3


def came(visitor: Visitor, subject: str, *, to: str, **facts: object) -> None:
    """Wait for the mail with ``subject`` in the box of ``to``, read it, and come back."""
    back = visitor.path
    wanted = korean(subject) % facts
    for _attempt in range(ATTEMPTS):
        if _open(visitor, wanted, to):
            assert wanted in visitor.page.inner_text("main h1")
            visitor.go(back)
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
