"""One instalment is paid online, the others by bank deposit; the last one closes the loan."""

import re
from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO

from playwright.sync_api import Locator, Route
from pypdf import PdfReader

from tests.e2e.steps import applying, borrowing, clock, mails
from tests.e2e.steps.figures import check_row
from tests.e2e.visitor import Visitor, korean

MOST_INSTALMENTS = 60
LATE, DAYS_LATE = 3, 10


def _open_as_borrower(visitor: Visitor) -> None:
    applying.sign_in(visitor)
    visitor.go("/loans/")
    mine = visitor.page.locator('main a[href^="/loans/"]:not([href*="applications"]):not([href*="rounds"])')
    visitor.follow(mine.first)
    assert re.fullmatch(r"/loans/\d+/", visitor.path)


def pay_online(visitor: Visitor, number: str) -> None:
    """On the due date, with the stand-in's hosted page; the signed message confirms it."""
    applying.sign_in(visitor)
    clock.move_to_next_due(visitor)
    _told(visitor, "Today an instalment of loan %(number)s falls due", number)
    visitor.go("/loans/")
    visitor.look("my-loans")
    _open_as_borrower(visitor)
    visitor.look("loan-detail")
    _look_while_waiting(visitor)
    pay = visitor.page.locator("button.main")
    pay.wait_for(timeout=60_000)
    visitor.look("stand-in")
    pay.click()
    visitor.page.wait_for_url("**/payments/**", timeout=60_000)
    for _attempt in range(60):
        if visitor.sees("The payment is complete"):
            break
        visitor.page.wait_for_timeout(1000)
        visitor.page.reload()
    visitor.look("payment-done")
    _open_as_borrower(visitor)
    visitor.look("loan-detail-paid")


def _look_while_waiting(visitor: Visitor) -> None:
    """The page that waits for the payment service, held by keeping back what it asks for by itself."""
    asks_again = "**/payments/**"
    visitor.page.route(asks_again, _hold)
    visitor.follow(visitor.page.locator('main form[action$="/pay/"] button').first)
    assert visitor.sees("We are opening the payment page")
    visitor.look("payment-wait")
    visitor.page.unroute(asks_again)
    visitor.page.reload()


def _hold(route: Route) -> None:
    if route.request.resource_type in {"xhr", "fetch"}:
        route.abort()
    else:
        route.continue_()


def deposit_the_rest(visitor: Visitor, number: str) -> int:
    """Finance enters what comes to the bank account on each due date, once late; returns how many it took."""
    visitor.sign_in_as(borrowing.FINANCE)
    borrowing.open_loan(visitor, number)
    page = visitor.path
    for count in range(1, MOST_INSTALMENTS + 1):
        due = _next_due(visitor, page)
        if due is None:
            return count - 1
        late = count == LATE
        day = date.fromisoformat(due) + timedelta(days=DAYS_LATE if late else 0)
        clock.move_to(visitor, day)
        visitor.go(page)
        if late:
            _wait_until_overdue(visitor, due)
            _told(visitor, "Loan %(number)s is %(days)s days overdue", number, days=DAYS_LATE)
            visitor.look_in_office("office-loan-overdue")
        visitor.page.locator("summary", has_text=korean("Enter a bank deposit")).click()
        amount = visitor.page.locator(f'tr:has(time[datetime="{due}"])').get_attribute("data-open")
        visitor.page.locator('details[open] [name="amount"]').fill(str(amount))
        visitor.follow(visitor.page.locator("details[open] button"))
        assert visitor.sees("The deposit is in the ledger and was allocated.")
    return MOST_INSTALMENTS


def _told(visitor: Visitor, subject: str, number: str, **facts: object) -> None:
    mails.came(visitor, subject, to=applying.EMAIL, number=number, **facts)


def _wait_until_overdue(visitor: Visitor, due: str) -> None:
    """The job that closes the day finds it and adds the late interest to the day."""
    overdue = visitor.page.locator(f'tr[data-state="overdue"]:has(time[datetime="{due}"])')
    for _attempt in range(60):
        if overdue.count():
            return
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    raise AssertionError(f"the instalment of {due} was not found overdue")


def _next_due(visitor: Visitor, page: str) -> str | None:
    """The first instalment that is not paid, from the schedule on the page."""
    visitor.go(page)
    rows = visitor.page.locator('tr[data-open]:not([data-open="0"])')
    return rows.first.locator("time").get_attribute("datetime") if rows.count() else None


def check_rows(visitor: Visitor, number: str, paid_out: date) -> None:
    """The first instalment, the late one and the last, whole, for the office and for the borrower."""
    borrowing.open_loan(visitor, number)
    facts = visitor.page.inner_text("#main")
    rate = Fraction(re.search(korean("Annual rate") + r"\s+([\d.]+)%", facts)[1]) / 100  # type: ignore[index]
    _check_three(visitor.page.locator("tr[data-state]"), paid_out, rate)
    _open_as_borrower(visitor)
    _check_three(visitor.page.locator("section:has(#schedule-title) tbody tr"), paid_out, rate)


def _check_three(rows: Locator, paid_out: date, rate: Fraction) -> None:
    assert rows.count() == MOST_INSTALMENTS
    late = LATE + 1  # the first was paid online
    for number, days_late in ((1, 0), (late, DAYS_LATE), (MOST_INSTALMENTS, 0)):
        check_row(rows.nth(number - 1), number, paid_out=paid_out, rate=rate, days_late=days_late)


def take_certificate(visitor: Visitor, number: str) -> None:
    """The loan is closed; the certificate is a PDF with its Korean fonts inside."""
    _told(visitor, "Your loan %(number)s is repaid in full", number)
    visitor.look("loan-repaid")
    link = visitor.page.locator('main a[href$="/certificate/"]').first.get_attribute("href")
    answer = visitor.page.request.get(visitor.site + str(link))
    assert answer.status == 200
    reader = PdfReader(BytesIO(answer.body()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "50,000,000" in text
    assert borrowing.FIRM.replace(" ", "") in text.replace(" ", "")
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    assert all("Pretendard" in str(font["/BaseFont"]) for font in fonts)
