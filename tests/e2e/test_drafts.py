"""What is typed is kept, also by somebody whose login has ended in the meantime."""

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import applying

pytestmark = pytest.mark.e2e
APPLICANT = "데모 신청인"
SAVED = "[data-saved-line][data-state='saved']"
FAILED = "[data-saved-line][data-state='failed']"


def test_who_is_signed_out_is_told_and_loses_nothing(visitor):
    visitor.sign_in_as(APPLICANT)
    applying.start(visitor)
    page = visitor.page
    title = page.locator('[name="title"]')
    title.fill("로그인이 있을 때 쓴 제목")
    page.locator(SAVED).wait_for()

    page.context.clear_cookies(name="sessionid")
    title.fill("로그인이 끝난 뒤에 쓴 제목")
    page.locator(FAILED).wait_for()
    assert page.locator(SAVED).count() == 0
    visitor.look("apply-signed-out")
    page.locator("main form button").last.click()
    page.wait_for_timeout(1500)
    assert visitor.path.endswith("/plan/"), "submitting leads to the login and loses the text"

    with page.context.expect_page() as opened:
        page.locator(f"{FAILED} a").click()
    login = opened.value
    login.get_by_role("button", name=APPLICANT).first.click()
    login.wait_for_url("**/me/**")
    login.close()
    page.locator(SAVED).wait_for(timeout=15_000)
    page.reload()
    expect(title).to_have_value("로그인이 끝난 뒤에 쓴 제목")
    visitor.press("Save and go on to the team")
    assert visitor.path.endswith("/team/")
