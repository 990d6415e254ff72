"""The demo is open to everybody who reaches it: that is why it stays at home."""

from tests.contracts.access import Access


def mail(world):
    return {"name": "1-a.eml"}


ROWS = [
    Access("demo_login", everyone=405),
    Access("demo_login", "post", everyone=404),
    Access("demo_mails", everyone=200),
    Access("demo_mail", args=mail, everyone=404),
    Access("demo_clock", everyone=200),
    Access("demo_clock", "post", everyone=302),
]
