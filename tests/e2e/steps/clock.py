"""Moving the platform's clock, through the demo's page."""

from datetime import date

from tests.e2e.visitor import Visitor


def look(visitor: Visitor) -> None:
    visitor.go("/demo/clock/")
    visitor.look("clock")


def move_to(visitor: Visitor, day: date) -> None:
    visitor.go("/demo/clock/")
    visitor.fill(day=day.isoformat())
    visitor.follow(visitor.page.locator('button[value="day"]'))
    assert day.isoformat() in visitor.page.inner_text("main")


def move_to_next_due(visitor: Visitor) -> None:
    visitor.go("/demo/clock/")
    visitor.follow(visitor.page.locator('button[value="next_due"]'))
