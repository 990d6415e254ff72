"""Everything that can be pressed or filled is reached with the keyboard alone, shows that it is, and lets go again.

These stand before the journey, which moves the demo's clock past the days on which a mentor may score.
"""

import pytest

from tests.e2e.visitor import Visitor, korean

pytestmark = pytest.mark.e2e
FOUNDER, MENTOR, STAFF, FINANCE = (
    "데모 창업자 (데모푸드 주식회사)",
    "데모 멘토 1",
    "데모 사업담당",
    "데모 융자담당",
)
EVERY_PAGE = {
    None: [
        "/",
        "/programmes/good-partner/",
        "/calls/",
        "/calls/good-partner-3/",
        "/loans-guide/",
        "/stories/",
        "/search/?q=창업",
        "/jobs-plan/",
        "/accounts/login/",
        "/accounts/signup/",
    ],
    FOUNDER: [
        "/me/",
        "/me/profile/",
        "/me/businesses/",
        "/notices/",
        "/applications/1/",
        "/loans/",
        "/loans/1/",
    ],
    MENTOR: ["/reviews/"],
    STAFF: ["/office/", "/office/incubator/applications/", "/office/incubator/calls/"],
    FINANCE: ["/office/loans/loans/", "/office/loans/funds/", "/office/payments/deposits/"],
}
MOST_STOPS = 400
STOPS = """() => {
  const ours = document.querySelector("#main:has(.w-slim-header)") ?? document; // the rest is Wagtail's frame
  const all = [...ours.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((part) => part.tabIndex >= 0 && !part.disabled && part.checkVisibility({ visibilityProperty: true }));
  const names = all.map((part, at) => {
    const group = part.type === "radio" && part.name; // one of it takes the focus, the arrows move inside
    const name = group || part.textContent.trim() || part.name || part.ariaLabel || part.id;
    return (part.dataset.stop = `${group ? "" : at} ${part.tagName} ${name.slice(0, 40)}`);
  });
  return [...new Set(names)];
}"""
FOCUS = """() => {
  const part = document.activeElement;
  if (part === document.body) return null;
  const browsersOwn = !part.matches(":focus"); // the button inside a date field, which the browser marks itself
  const shown = [part, part.nextElementSibling, part.parentElement].filter(Boolean);
  const marked = browsersOwn || shown.some((one) => getComputedStyle(one).outlineStyle !== "none");
  return { stop: part.dataset.stop ?? null, marked };
}"""
DIALOG_HAS_FOCUS = (
    "document.activeElement.closest('dialog') !== null || document.activeElement === document.body"
)


def _walk(visitor: Visitor) -> tuple[set[str], set[str]]:
    """The stops of the Tab key until it leaves the page, and those of them that show no mark."""
    stops, unmarked = set(), set()
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press("Tab")
        focus = visitor.page.evaluate(FOCUS)
        if focus is None:
            return stops, unmarked
        if focus["stop"]:
            stops.add(focus["stop"])
            if not focus["marked"]:
                unmarked.add(focus["stop"])
    raise AssertionError("the focus never leaves")


@pytest.mark.parametrize("person", EVERY_PAGE)
def test_tab_reaches_everything_and_leaves_again(visitor, person):
    if person:
        visitor.sign_in_as(person)
    for path in EVERY_PAGE[person]:
        visitor.go(path)
        wanted = set(visitor.page.evaluate(STOPS))
        assert wanted
        stops, unmarked = _walk(visitor)
        assert wanted <= stops, f"{path} never reached: {wanted - stops}"
        assert not unmarked, f"{path} reached without a mark"


def _press_enter(visitor: Visitor) -> None:
    """On what has the focus, and wait for the page that comes."""
    with visitor.page.expect_event("load"):
        visitor.page.keyboard.press("Enter")
    visitor.refuse_errors()


def test_a_mentor_declares_and_scores(visitor):
    page = visitor.page
    visitor.sign_in_as(MENTOR)
    visitor.go("/reviews/")
    page.locator('.ruled__title[href$="/declare/"]').first.focus()
    _press_enter(visitor)
    page.locator('[name="no_conflict"]').focus()
    page.keyboard.press("Space")
    _press_enter(visitor)
    scores = page.locator("#rubric .criterion").first.locator("input[type=radio]")
    scores.first.focus()
    page.keyboard.press("ArrowRight")
    assert scores.nth(1).is_checked()
    page.locator("[data-saved-line][data-state='saved']").wait_for()
    page.reload()
    assert scores.nth(1).is_checked()


def test_a_dialog_keeps_the_focus_and_gives_it_back(visitor):
    page = visitor.page
    visitor.sign_in_as(FOUNDER)
    visitor.go("/loans/1/")
    page.locator("summary", has_text=korean("Other ways to pay")).focus()
    page.keyboard.press("Enter")
    pay = page.locator("form[data-confirm-title] button").first
    pay.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate(DIALOG_HAS_FOCUS)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert pay.evaluate("(button) => document.activeElement === button")
