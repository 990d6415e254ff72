"""What a person does with the platform, in words: go, sign in, fill, press, look."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 360)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Visitor:
    """A page and the address of the platform."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def go(self, path: str) -> None:
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answered {answer.status}"

    def sign_in_as(self, email: str) -> None:
        """Through the demo logins of the login page."""
        self.page.context.clear_cookies()
        self.go("/accounts/login/")
        self.page.locator(f'form:has(input[value="{email}"]) button, button[value="{email}"]').first.click()
        self.page.wait_for_load_state()

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press the button or follow the link with this name and wait for the page that comes."""
        control = self.page.get_by_role("button", name=name, exact=exact)
        control = control.or_(self.page.get_by_role("link", name=name, exact=exact))
        control.first.click()
        self.page.wait_for_load_state()

    def sees(self, text: str) -> bool:
        return self.page.get_by_text(text).first.is_visible()

    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def look(self, name: str, *, within: str | None = None) -> None:
        """Check the page at both widths: no accessibility violation, nothing wider than the screen, no script error.

        Pictures go to ``E2E_SCREENSHOTS`` when it is set. ``within`` limits axe to a part of the page, for what we
        add to Wagtail's frame.
        """
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.picture(f"{name}_{width}")
            found = self.violations(within)
            assert not found, f"{name} at {width}px:\n" + "\n".join(found)
            overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, f"{name} at {width}px is {overflow}px wider than the screen"
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        assert not self.errors, self.errors

    def picture(self, name: str) -> None:
        if folder := os.environ.get("E2E_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def violations(self, within: str | None = None) -> list[str]:
        """What axe-core finds, one line per rule with the places."""
        self.page.evaluate(AXE.read_text())
        result = self.page.evaluate(
            "([scope, tags]) => axe.run(scope || document, {runOnly: tags})", [within, STANDARDS]
        )
        return [
            f"{rule['id']}: {rule['help']}\n    " + "\n    ".join(node["html"][:160] for node in rule["nodes"][:5])
            for rule in result["violations"]
        ]
