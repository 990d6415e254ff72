"""The founder registers a business and borrows: application, check, committee, approval, disbursement."""

from datetime import date, timedelta
from pathlib import Path

from demo.data.accounts import registration_number
from demo.data.papers import pdf
from tests.e2e.steps import applying
from tests.e2e.visitor import Visitor, korean

FINANCE, APPROVER, SECRETARY = "데모 융자담당", "데모 융자팀장", "데모 위원회간사"
FIRM = "데모 리메이크키친"
AMOUNT = 50_000_000
PAPERS = ("business-registration", "identity", "resident-abstract", "tax-clearance", "bank-confirmation")


def register_business(visitor: Visitor) -> None:
    applying.sign_in(visitor)
    visitor.go("/me/businesses/new/")
    visitor.fill(
        name=FIRM,
        registration_number=registration_number("107880099"),
        representative=applying.NAME,
        opened_on="2026-01-05",
        sector="식품 제조",
        postcode="04390",
        address="서울특별시 용산구 녹사평대로 150",
    )
    visitor.look("business-new")
    visitor.follow(visitor.page.locator("main form button[type='submit'], main form button").last)
    assert visitor.sees(FIRM, korean_text=False)
    visitor.look("business")


def apply_for_loan(visitor: Visitor, folder: Path) -> str:
    """Fill in, see what is missing, upload, hand in; returns the receipt number."""
    visitor.go("/loans-guide/")
    visitor.page.locator(
        "main a[href*='/loans/rounds/']", has_text=korean("Apply for a loan")
    ).first.wait_for()
    row = visitor.page.locator("main li, main tr", has_text="청년기업").filter(
        has=visitor.page.locator("a[href*='/loans/rounds/']")
    )
    visitor.follow(row.first.locator("a[href*='/loans/rounds/']").first)
    visitor.look("loan-start")
    visitor.page.locator('input[type="radio"][name="business"]').first.check(force=True)
    visitor.choose_all('input[type="checkbox"][name^="consent_"]')
    visitor.press("Start writing")
    visitor.page.locator('[name="amount"]').fill(str(AMOUNT))
    visitor.page.locator('input[type="radio"][name="purpose"]').first.check(force=True)
    visitor.fill(
        plan="공유주방 설비와 냉동 창고를 마련하는 데 쓰겠습니다. 견적서는 함께 올렸습니다.",
        repayment_plan="급식소 20곳과 맺은 납품 계약의 매출에서 매달 갚겠습니다.",
    )
    visitor.page.locator("[data-saved-line][data-state='saved'], [data-saved-line].is-saved").first.wait_for()
    visitor.look("loan-form")
    _upload_all(visitor, folder)
    visitor.press("Save and check")
    visitor.look("loan-check")
    visitor.control("Submit").dblclick()
    visitor.page.wait_for_url("**/submitted/")
    visitor.look("loan-submitted")
    text = visitor.page.inner_text("main")
    start = text.index("Y")
    visitor.press("See where it stands")
    visitor.look("loan-application-status")
    return text[start : start + 9]


def _upload_all(visitor: Visitor, folder: Path) -> None:
    file = folder / "증명서.pdf"
    file.write_bytes(pdf())
    for code in PAPERS:
        visitor.upload(f'[name="{code}-file"]', file)
        visitor.follow(visitor.page.locator(f'button[name="code"][value="{code}"]'))


def check_eligibility(visitor: Visitor, receipt: str) -> None:
    visitor.sign_in_as(FINANCE)
    visitor.look_in_office("office-finance-home")
    visitor.go("/office/loans/")
    visitor.look_in_office("office-finance")
    visitor.go("/office/loans/applications/")
    visitor.look_in_office("office-loan-applications")
    _open_application(visitor, receipt)
    visitor.page.locator("summary", has_text=korean("Record what was checked")).click()
    for choice in visitor.page.locator('details[open] select[name^="item_"]').all():
        choice.select_option("yes")
    visitor.look_in_office("office-loan-application")
    visitor.follow(visitor.page.locator("details[open] button"))
    visitor.press("Confirm eligibility")
    assert visitor.sees("The application goes to the committee.")


def call_committee(visitor: Visitor, receipt: str, today: date) -> date:
    """The secretary plans a meeting with the application on its agenda and calls the members a week before."""
    visitor.sign_in_as(SECRETARY)
    visitor.go("/office/committees/meetings/new/")
    day = today + timedelta(days=8)
    visitor.page.locator('[name="committee"]').select_option(index=1)
    visitor.fill(title="기금운용심의위원회 임시회의", starts_at=f"{day.isoformat()} 14:00", place="용산구청")
    visitor.page.keyboard.press("Escape")
    visitor.look_in_office("office-meeting-new")
    visitor.follow(visitor.page.locator('#main form button[type="submit"]').last)
    visitor.go("/office/committees/meetings/")
    visitor.look_in_office("office-meetings")
    _open_meeting(visitor)
    visitor.page.locator("summary", has_text=korean("Put on the agenda")).click()
    visitor.page.locator("details[open] label", has_text=receipt).locator("input").check()
    visitor.follow(visitor.page.locator("details[open] button"))
    visitor.page.locator("summary", has_text=korean("Call the members")).click()
    visitor.follow(visitor.page.locator("details[open] button"))
    return day


def decide_in_committee(visitor: Visitor, receipt: str) -> None:
    """Attendance is recorded and the committee approves the loan."""
    visitor.sign_in_as(SECRETARY)
    _open_meeting(visitor)
    visitor.page.locator("summary", has_text=korean("Open: who is present")).click()
    for box in visitor.page.locator('details[open] input[name="present"]').all():
        box.check()
    visitor.follow(visitor.page.locator("details[open] button"))
    visitor.look_in_office("office-meeting")
    vote(visitor, receipt)


def vote(visitor: Visitor, receipt: str) -> None:
    """Five of five for the loan."""
    _open_meeting(visitor)
    visitor.follow(visitor.page.locator("#main a", has_text=receipt).first)
    visitor.page.locator("summary", has_text=korean("Record the decision")).click()
    visitor.page.locator('details[open] [name="outcome"]').select_option("approved")
    visitor.page.locator('details[open] [name="votes_for"]').fill("5")
    visitor.page.locator('details[open] [name="votes_against"]').fill("0")
    visitor.look_in_office("office-decision")
    visitor.follow(visitor.page.locator("details[open] button"))
    assert visitor.sees("The decision is recorded.")


def pay_out(visitor: Visitor, receipt: str) -> str:
    """Prepared by one, approved by another, paid out by a third hand's rule; returns the loan's number."""
    visitor.sign_in_as(FINANCE)
    _open_application(visitor, receipt)
    visitor.page.locator("summary", has_text=korean("Prepare the loan")).click()
    visitor.follow(visitor.page.locator("details[open] button"))
    number = _loan_number(visitor)
    visitor.look_in_office("office-loans")
    visitor.sign_in_as(APPROVER)
    open_loan(visitor, number)
    visitor.press("Approve the loan")
    visitor.sign_in_as(FINANCE)
    open_loan(visitor, number)
    visitor.page.locator("summary", has_text=korean("Record the disbursement")).click()
    visitor.follow(visitor.page.locator("details[open] button"))
    visitor.look_in_office("office-loan")
    return number


def _loan_number(visitor: Visitor) -> str:
    visitor.go("/office/loans/loans/?state=prepared")
    row = visitor.page.locator("table.listing tbody tr", has_text=FIRM).first
    return row.locator("a").first.inner_text().strip()


def open_loan(visitor: Visitor, number: str) -> None:
    visitor.go(f"/office/loans/loans/?q={number}")
    visitor.follow(visitor.page.locator("table.listing tbody a", has_text=number).first)


def _open_application(visitor: Visitor, receipt: str) -> None:
    visitor.go(f"/office/loans/applications/?q={receipt}")
    visitor.follow(visitor.page.locator("table.listing tbody a", has_text=receipt).first)


def _open_meeting(visitor: Visitor) -> None:
    visitor.go("/office/committees/meetings/")
    visitor.follow(visitor.page.locator("table.listing tbody a", has_text="임시회의").first)
