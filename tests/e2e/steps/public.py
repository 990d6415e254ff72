"""The public reads."""

from tests.e2e.visitor import FORCED, LIGHT, Visitor

PAGES = {
    "home": "/",
    "programme": "/programmes/good-partner/",
    "calls": "/calls/",
    "call": "/calls/good-partner-3/",
    "stories": "/stories/",
    "story": "/stories/demo-food/",
    "loan-guide": "/loans-guide/",
    "centres": "/centres/",
    "jobs-plan": "/jobs-plan/",
    "search": "/search/?q=창업",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
}


def read_everything(visitor: Visitor) -> None:
    """Also as people see it whose system chooses the colours."""
    for name, path in PAGES.items():
        visitor.go(path)
        visitor.look(name, modes=(LIGHT, FORCED))
    visitor.go("/search/?q=창업")
    assert "창업지원센터" in (visitor.page.text_content("main") or "")


def calculate(visitor: Visitor) -> None:
    """The engine's figures stand on the page: 31 days of 50,000,000 won at 1 % are 42,465 won in a common year."""
    visitor.go(
        "/loans/calculator/?amount=50000000&product=own&method=equal_principal&rate=1.0&frequency=monthly"
        "&instalments=60&grace=12&start=2027-01-01"
    )
    visitor.look("calculator")
    text = visitor.page.text_content("main") or ""
    assert "42,465" in text
    assert "1,041,698" in text
