"""Moving the platform's clock, through the demo's page."""

from datetime import date

from tests.e2e.visitor import Visitor


def move_to(visitor: Visitor, day: date) -> None:
    visitor.go("/demo/clock/")
    visitor.fill(day=day.isoformat())
    visitor.page.locator('button[value="day"]').click()
    visitor.page.wait_for_load_state()
    assert day.isoformat() in visitor.page.inner_text("main")


def move_to_next_due(visitor: Visitor) -> None:
    visitor.go("/demo/clock/")
    visitor.page.locator('button[value="next_due"]').click()
    visitor.page.wait_for_load_state()
