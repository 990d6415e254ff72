"""The visitor notices a page that answers with an error, whichever way it was reached."""

from collections.abc import Iterator

import pytest

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.e2e
SITE = "http://platform.test"
FORM = '<form method="post" action="/{status}"><button>Go</button></form>'


@pytest.fixture
def visitor(browser) -> Iterator[Visitor]:
    """On a made-up platform: ``/500`` answers 500, and every page has the same buttons."""
    page = browser.new_page()
    page.route(f"{SITE}/**", _answer)
    yield Visitor(page, SITE)
    page.close()


def _answer(route):
    status = int(route.request.url.rsplit("/", 1)[-1])
    buttons = "".join(FORM.format(status=status) for status in (200, 409, 500))
    frame = f'<iframe src="{SITE}/404"></iframe>' if status == 201 else ""
    route.fulfill(status=status, content_type="text/html", body=f"<title>x</title>{buttons}{frame}")


def test_a_page_that_fails_is_told_with_its_address(visitor):
    with pytest.raises(AssertionError, match=f"GET {SITE}/404 answered 404"):
        visitor.go("/404")


def test_an_error_behind_a_button_fails(visitor):
    visitor.go("/200")
    with pytest.raises(AssertionError, match=f"POST {SITE}/500 answered 500"):
        visitor.follow(visitor.page.locator('[action="/500"] button'))


def test_an_error_behind_a_bare_click_is_found_at_the_next_step(visitor):
    visitor.go("/200")
    with visitor.page.expect_event("load"):
        visitor.page.locator('[action="/500"] button').click()
    with pytest.raises(AssertionError, match="answered 500"):
        visitor.go("/200")


def test_an_expected_answer_is_none(visitor):
    visitor.go("/200")
    with visitor.expecting(409):
        visitor.follow(visitor.page.locator('[action="/409"] button'))
    with visitor.expecting(409), pytest.raises(AssertionError, match="answered 500"):
        visitor.follow(visitor.page.locator('[action="/500"] button'))


def test_a_frame_or_a_good_page_is_none(visitor):
    visitor.go("/201")
    visitor.follow(visitor.page.locator('[action="/200"] button'))
    visitor.refuse_errors()
