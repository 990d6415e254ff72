"""Business code asks ``core.clock`` for the time, so that the demo can move through the years of a loan."""

import ast

import pytest

from tests.contracts.test_transitions import sources

SYSTEM_CLOCKS = {
    "timezone.now",
    *("date.today", "datetime.now", "datetime.today", "datetime.utcnow"),
    *("datetime.date.today", "datetime.datetime.now", "dt.date.today", "dt.datetime.now"),
}
DEFAULT_TO_NOW = {"timezone.localdate", "timezone.localtime"}
# Where the machine's own time is meant.
ALLOWED = {
    "core/clock.py",  # the clock itself
    "core/notices/backends.py",  # names mail files in the order they were written
    "core/payments/stripe.py",  # Stripe's own time
}


def readings(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in SYSTEM_CLOCKS:
            yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.Call) and not node.args and ast.unparse(node.func) in DEFAULT_TO_NOW:
            yield node.lineno, ast.unparse(node)


def test_only_the_clock_reads_the_systems_time():
    found = [
        f"{path}:{line}  {what}"
        for path, source in sources()
        if path not in ALLOWED and not path.startswith(("scripts/", "demo/"))  # the demo moves the clock
        for line, what in readings(source)
    ]
    assert not found, "ask core.clock instead:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source", ["timezone.now()", "default=timezone.now", "date.today()", "timezone.localdate()"]
)
def test_the_scanner_finds_a_reading(source):
    """The negative control."""
    assert len(list(readings(source))) == 1
