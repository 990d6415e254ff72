"""A pre-founder signs up, applies and hands in."""

import re
from pathlib import Path

from demo.data.papers import pdf
from demo.data.plans import PLANS
from tests.e2e.steps import mails
from tests.e2e.visitor import Visitor

EMAIL = "new.founder@people.example"
NAME = "데모 예비창업자"
SECRET = "a-long-journey-1"


def sign_up(visitor: Visitor) -> None:
    visitor.go("/accounts/signup/")
    visitor.fill(email=EMAIL, name=NAME, password1=SECRET, password2=SECRET)
    visitor.choose_all('main input[type="checkbox"]')
    visitor.follow(visitor.page.locator("main form button").last)
    visitor.look("verification-sent")
    confirm = "Please confirm your e-mail address"
    link = mails.link_in(visitor, confirm, to=EMAIL, beginning="/accounts/confirm-email/")
    visitor.go("/demo/mails/")
    visitor.look("mails")
    visitor.follow(visitor.page.locator("main a[href*='/demo/mails/']").first)
    visitor.look("mail")
    visitor.go(link)
    visitor.look("confirm-email")
    visitor.follow(visitor.page.locator("main form button").last)
    assert visitor.path.startswith("/me/")
    visitor.look("me-newcomer")


def sign_in(visitor: Visitor) -> None:
    visitor.page.context.clear_cookies()
    visitor.go("/accounts/login/")
    visitor.fill(login=EMAIL, password=SECRET)
    visitor.follow(visitor.page.locator('form:has([name="password"]) button').last)


def fill_profile(visitor: Visitor) -> None:
    visitor.go("/me/profile/")
    visitor.fill(phone="010-1234-5678", birth_date="1995-04-12", resident_since="2020-03-02")
    visitor.follow(visitor.page.locator("main form button").first)
    visitor.look("profile")


def start(visitor: Visitor) -> None:
    visitor.go("/calls/good-partner-3/apply/")
    visitor.look("apply-start")
    answers = visitor.page.locator('input[type="radio"][name^="question-"]')
    names = sorted({radio.get_attribute("name") for radio in answers.all()})
    for name, answer in zip(names, ("yes", "no", "no"), strict=True):
        visitor.page.locator(f'[name="{name}"][value="{answer}"]').check(force=True)
    visitor.choose_all('input[type="checkbox"][name^="consent-"]')
    visitor.press("Start writing")


def write(visitor: Visitor) -> None:
    plan = PLANS[0]
    visitor.fill(
        title=plan.title,
        summary=plan.summary,
        sector=plan.sector,
        problem=plan.problem,
        solution=plan.solution,
        scale_up=plan.scale_up,
    )
    visitor.page.locator("[data-saved-line][data-state='saved'], [data-saved-line].is-saved").first.wait_for()
    visitor.look("apply-plan")
    visitor.press("Save and go on to the team")
    visitor.fill(team_text=plan.team)
    visitor.look("apply-team")
    visitor.press("Save and go on to the documents")


def hand_in(visitor: Visitor, folder: Path) -> str:
    """Upload, see the one list of what is missing, mend it, submit twice; returns the receipt number."""
    visitor.press("Go on to the check")
    visitor.look("apply-missing")
    visitor.page.go_back()
    file = folder / "사업계획서.pdf"
    file.write_bytes(pdf())
    visitor.page.locator('input[type="file"]').first.set_input_files(file)
    visitor.press("Upload")
    visitor.look("apply-documents")
    visitor.press("Go on to the check")
    visitor.look("apply-check")
    visitor.control("Hand in the application").dblclick()
    visitor.page.wait_for_url("**/submitted/")
    visitor.look("application-submitted")
    receipt = re.search(r"GP3-\d{4}", visitor.page.inner_text("main"))
    assert receipt
    mails.came(visitor, "Application received: %(receipt_number)s", to=EMAIL, receipt_number=receipt[0])
    visitor.press("See where it stands")
    visitor.look("application-status")
    return receipt[0]
