"""What a person does with the platform, in words: go, sign in, fill, press, look."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, Response
from playwright.sync_api import TimeoutError as TooLong

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 360)
SOON = 3000
COLOURS_SETTLED = 600  # they pass smoothly from one mode to the other
FRAME_SETTLED = 300  # Wagtail's frame moves aside where the screen is narrow
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OURS_IN_THE_OFFICE = {"include": [["#main"]], "exclude": [[".w-slim-header"], [".messages"], ["#comments"]]}
"""The part of an office page that is ours; the rest is Wagtail's frame."""
LIGHT, DARK, FORCED = "", "dark", "forced"
MODES: dict[str, dict[str, Any]] = {
    LIGHT: {"color_scheme": "light", "forced_colors": "none"},
    DARK: {"color_scheme": "dark", "forced_colors": "none"},
    FORCED: {"color_scheme": "light", "forced_colors": "active"},
}
TELL_COLOURS = """() => {
  const shown = [...document.querySelectorAll("body *")].map((part) => [part, getComputedStyle(part).color]);
  for (const [part, colour] of shown) {
    part.style.transition = "none"; // else it is measured on its way
    part.style.webkitTextFillColor = colour;
  }
}"""
FORGET_COLOURS = """() => {
  for (const part of document.querySelectorAll("body *")) {
    part.style.webkitTextFillColor = "";
    part.style.transition = "";
  }
}"""
"""For axe under forced colours: it takes a text's colour from ``-webkit-text-fill-color``, where Chromium goes on
answering with the author's colour. Painted is ``color``, which is forced; with this axe measures what is seen.
"""


def korean(text: str) -> str:
    """What stands on the screen for ``text``."""
    with override("ko"):
        return gettext(text)


class Visitor:
    """A page and the address of the platform.

    Every page that answers with an error fails the journey, however it was reached: a 500 behind a button looks
    like a page to a browser.
    """

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.errors: list[str] = []
        self.mode = LIGHT
        self.refusals: list[str] = []
        self.expected: int | None = None
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", self._notice)

    def _notice(self, answer: Response) -> None:
        """Remember a page that answered with an error. Raising here, in Playwright's event, would be lost."""
        is_page = answer.request.is_navigation_request() and answer.frame == self.page.main_frame
        if is_page and answer.status >= HTTPStatus.BAD_REQUEST and answer.status != self.expected:
            self.refusals.append(f"{answer.request.method} {answer.url} answered {answer.status}")

    def refuse_errors(self) -> None:
        """Fail when a page since the last time answered with an error that no step expected."""
        refusals, self.refusals = self.refusals, []
        assert not refusals, "\n".join(refusals)

    @contextmanager
    def expecting(self, status: int) -> Iterator[None]:
        """What is done inside leads to a page that answers with ``status``."""
        self.refuse_errors()
        self.expected = status
        try:
            yield
        finally:
            self.expected = None

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.refuse_errors()

    def sign_in_as(self, name: str) -> None:
        """As one of the demo's people, through the login page."""
        self.page.context.clear_cookies()
        self.go("/accounts/login/")
        self.press(name)

    def control(self, text: str, *, exact: bool = True) -> Locator:
        """The button or link with this name, as it is called in Korean."""
        name = korean(text)
        button = self.page.get_by_role("button", name=name, exact=exact)
        return button.or_(self.page.get_by_role("link", name=name, exact=exact)).first

    def press(self, text: str, *, exact: bool = True) -> None:
        """Press it and wait for the page that comes."""
        self.follow(self.control(text, exact=exact))

    def follow(self, control: Locator) -> None:
        """Click what leads to another page, and wait until it is there.

        Not ``expect_navigation``: htmx rewrites its history entry after a page has loaded, and that counts as one.
        """
        with self.page.expect_event("load"):
            control.click()
        self.refuse_errors()

    def fill(self, **fields: str) -> None:
        """Fill fields by name."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').last.fill(value)

    def choose_all(self, selector: str) -> None:
        """Check every box that ``selector`` finds."""
        for box in self.page.locator(selector).all():
            box.check(force=True)

    def upload(self, selector: str, path: Path) -> None:
        self.page.locator(selector).set_input_files(path)

    def sees(self, text: str, *, korean_text: bool = True) -> bool:
        wanted = korean(text) if korean_text else text
        try:
            self.page.get_by_text(wanted).first.wait_for(timeout=SOON)
        except TooLong:
            return False
        return True

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def look(self, name: str, *, within: Any = None, modes: tuple[str, ...] = (LIGHT,)) -> None:
        """Check the page at both widths: no accessibility violation, nothing wider than the screen, no script error.

        Nor may the page have answered with an error. Pictures go to ``E2E_SCREENSHOTS`` when it is set. ``within``
        limits axe to a part of the page, for what we add to Wagtail's frame.
        """
        self.refuse_errors()
        for mode in modes:
            self._turn_to(mode)
            for width in WIDTHS:
                self._look_once("_".join(filter(None, (name, mode, str(width)))), width, mode, within)
        self._turn_to(LIGHT)
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        assert not self.errors, self.errors

    def look_in_office(self, name: str) -> None:
        """In both themes: Wagtail follows the system's."""
        self.look(name, within=OURS_IN_THE_OFFICE, modes=(LIGHT, DARK))

    def _turn_to(self, mode: str) -> None:
        if mode == self.mode:
            return
        self.mode = mode
        self.page.emulate_media(**MODES[mode])
        self.page.wait_for_timeout(COLOURS_SETTLED)

    def _look_once(self, name: str, width: int, mode: str, within: Any) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        if within is not None:
            self.page.wait_for_timeout(FRAME_SETTLED)
        self.picture(name)
        if mode == FORCED:
            self.page.evaluate(TELL_COLOURS)
        found = self.violations(within)
        if mode == FORCED:
            self.page.evaluate(FORGET_COLOURS)
        assert not found, f"{name}:\n" + "\n".join(found)
        overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{name} is {overflow}px wider than the screen"

    def picture(self, name: str, *, full_page: bool = True) -> None:
        if folder := os.environ.get("E2E_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=full_page)

    def violations(self, within: Any = None) -> list[str]:
        """What axe-core finds, one line per rule with the places."""
        self.page.evaluate(AXE.read_text())
        result = self.page.evaluate(
            "([scope, tags]) => axe.run(scope || document, {runOnly: tags})", [within, STANDARDS]
        )
        return [
            f"{rule['id']}: {rule['help']}\n    "
            + "\n    ".join(node["html"][:200] for node in rule["nodes"][:5])
            for rule in result["violations"]
        ]
