"""An editor tells the graduate's story; an administrator lets it through; the public finds it."""

from tests.e2e.steps import borrowing
from tests.e2e.visitor import Visitor, korean

EDITOR, ADMINISTRATOR = "데모 홍보담당", "데모 관리자"
TITLE = "버려지던 식재료로 시작한 데모 리메이크키친의 다섯 해"


def write_story(visitor: Visitor) -> None:
    """A draft, submitted for moderation: the editor cannot publish."""
    visitor.sign_in_as(EDITOR)
    visitor.go("/office/content/stories/")
    visitor.look_in_office("office-stories")
    visitor.follow(visitor.page.locator('a[href*="choose_parent"], a[href*="/add/"]').first)
    visitor.fill(
        title=TITLE,
        business_name=borrowing.FIRM,
        programme="굿파트너 3기",
        intro="창업지원센터에서 시작해 융자를 모두 갚기까지의 이야기예요.",
    )
    visitor.page.locator('[name="told_on"]').evaluate("(field) => { field.value = '2032-03-02'; }")
    _choose_business(visitor, borrowing.FIRM)
    _choose_more(visitor, "action-submit")
    assert visitor.page.locator(".messages .success").count()


def _choose_business(visitor: Visitor, name: str) -> None:
    """The graduate's business, out of those that took part."""
    visitor.page.get_by_role("button", name=korean("Choose a business")).click()
    modal = visitor.page.locator(".modal")
    modal.locator('[name="q"]').fill(name)
    modal.locator("#search-results td", has_text=name).wait_for()
    modal.get_by_role("link", name=name).click()
    modal.wait_for(state="detached")
    assert visitor.page.locator('[name="business"]').input_value()


def approve_story(visitor: Visitor) -> None:
    visitor.sign_in_as(ADMINISTRATOR)
    visitor.go("/office/")
    visitor.look_in_office("office-admin-home")
    visitor.follow(visitor.page.locator("main a", has_text=TITLE).first)
    approve = visitor.page.locator('button[data-workflow-action-name="approve"]:visible')
    if not approve.count():
        visitor.page.locator("form#page-edit-form footer [data-w-dropdown-target='toggle']").first.click()
    visitor.follow(approve.first)
    assert visitor.page.locator(".messages .success").count()


def find_story(visitor: Visitor) -> None:
    """A word inside a compound finds it: 지원 stands inside 창업지원센터에서."""
    visitor.page.context.clear_cookies()
    for _attempt in range(20):
        visitor.go("/search/?q=지원센터")
        if visitor.sees(TITLE, korean_text=False):
            break
        visitor.page.wait_for_timeout(1000)
    visitor.follow(visitor.page.get_by_role("link", name=TITLE).first)
    assert visitor.path.startswith("/stories/")
    visitor.look("story-published")


def _choose_more(visitor: Visitor, name: str) -> None:
    """An action of Wagtail's page editor, behind its menu."""
    visitor.page.locator("form#page-edit-form footer [data-w-dropdown-target='toggle']").first.click()
    visitor.follow(visitor.page.locator(f'button[name="{name}"]:visible').first)
