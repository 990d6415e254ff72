"""Staff check, mentors score, staff select, the applicant signs."""

from tests.e2e.steps import applying, mails
from tests.e2e.visitor import FORCED, LIGHT, Visitor, korean

MENTORS = ("데모 멘토 1", "데모 멘토 2", "데모 멘토 3")
STAFF = "데모 사업담당"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 640}
IN_SIGHT = """(part) => {
  part.focus();
  const {top, bottom} = part.getBoundingClientRect();
  const tabs = document.querySelector(".split__tabs").getBoundingClientRect().bottom;
  const total = document.querySelector(".score-foot").getBoundingClientRect().top;
  return top >= tabs && (bottom <= total || bottom - top > total - tabs);
}"""
"""Whether ``part``, once it has the focus if it takes it, is hidden neither by the tabs nor by the total."""


def check_documents(visitor: Visitor, receipt: str) -> None:
    """The new application is eligible; what else waits is decided too, so that the stage can be."""
    visitor.sign_in_as(STAFF)
    visitor.look_in_office("office-home")
    visitor.go("/office/incubator/calls/")
    visitor.look_in_office("office-calls")
    _list(visitor, "submitted")
    visitor.look_in_office("office-applications")
    _open(visitor, receipt)
    visitor.look_in_office("office-application")
    visitor.press("Confirm eligibility")
    for state in ("submitted", "returned"):
        while True:
            _list(visitor, state)
            rows = visitor.page.locator("table.listing tbody td a")
            if not rows.count():
                break
            visitor.follow(rows.first)
            visitor.page.locator("summary", has_text=korean("Refuse as not eligible")).click()
            visitor.page.locator('details[open] [name="reason"]').fill("제출 서류를 확인할 수 없었습니다.")
            visitor.follow(visitor.page.locator("details[open] button"))


def _list(visitor: Visitor, state: str) -> None:
    visitor.go(f"/office/incubator/applications/?state={state}&call={_call(visitor)}")


def _call(visitor: Visitor) -> str:
    """The key of the open call, from its page in the office."""
    visitor.go("/office/incubator/calls/")
    visitor.follow(visitor.page.get_by_role("link", name="3기 모집").first)
    return visitor.path.rstrip("/").split("/")[-1]


def _open(visitor: Visitor, text: str) -> None:
    visitor.follow(visitor.page.get_by_role("link", name=text).first)


def open_stage(visitor: Visitor, name: str) -> None:
    visitor.go(f"/office/incubator/calls/{_call(visitor)}/")
    visitor.look_in_office("office-call")
    visitor.follow(visitor.page.locator("#main").get_by_role("link", name=name).first)


def assign(visitor: Visitor, stage: str) -> None:
    visitor.sign_in_as(STAFF)
    open_stage(visitor, stage)
    visitor.page.locator("summary", has_text=korean("Assign evaluators")).click()
    for mentor in MENTORS:
        visitor.page.locator("details[open] label", has_text=mentor).locator("input").check()
    visitor.look_in_office("office-assign")
    visitor.follow(visitor.page.locator("details[open] button"))


def score(visitor: Visitor, receipt: str, *, looking: bool) -> None:
    """Each mentor declares, scores and confirms the review of ``receipt``."""
    for number, mentor in enumerate(MENTORS):
        visitor.sign_in_as(mentor)
        if looking and number == 0:
            visitor.look("reviews")
        visitor.follow(visitor.page.locator("main li", has_text=receipt).locator("a").first)
        if looking and number == 0:
            visitor.look("review-declare")
        if visitor.page.locator('[name="no_conflict"]').count():
            visitor.page.locator('[name="no_conflict"]').check(force=True)
            visitor.press("Confirm and read the plan")
        boxes = visitor.page.locator('input[name^="score-"]').all()
        names = sorted({box.get_attribute("name") for box in boxes})
        for position, name in enumerate(names):
            value = 5 if (position + number) % 3 else 4
            visitor.page.locator(f'input[name="{name}"][value="{value}"]').check()
        if looking and number == 0:
            visitor.look("review-score", modes=(LIGHT, FORCED))
            _score_on_a_phone(visitor)
        visitor.page.locator('button[formaction$="/submit/"]').click()
        visitor.follow(visitor.page.locator("dialog[open] button.primary"))


def _score_on_a_phone(visitor: Visitor) -> None:
    """The rubric opens at its beginning, and what takes the focus stands between the tabs and the total."""
    visitor.page.set_viewport_size(PHONE)
    visitor.page.emulate_media(reduced_motion="reduce")  # at once, not smoothly
    visitor.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    visitor.page.locator('a[href="#rubric"]').click()
    assert visitor.page.locator(".criterion").first.evaluate(IN_SIGHT)
    for field in visitor.page.locator("#rubric textarea, #rubric input[type=radio]").all():
        assert field.evaluate(IN_SIGHT), f"{field} is hidden"
    visitor.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert visitor.page.locator("#rubric .criterion").last.evaluate(IN_SIGHT)
    visitor.picture("review-score_phone", full_page=False)
    visitor.page.emulate_media(reduced_motion="no-preference")
    visitor.page.set_viewport_size(DESK)


def decide(visitor: Visitor, stage: str, receipt: str, *, looking: bool) -> None:
    """The ranking proposes; staff decide that ``receipt`` goes on."""
    visitor.sign_in_as(STAFF)
    open_stage(visitor, stage)
    if looking:
        visitor.look_in_office("office-ranking")
    assert visitor.page.locator("#main tr", has_text=receipt).count()
    for choice in visitor.page.locator('#main select[name^="outcome_"]').all():
        choice.select_option("reject")
    visitor.page.locator("#main tr", has_text=receipt).locator("select").select_option("select")
    visitor.page.locator('#main form:has(select[name^="outcome_"]) [name="reason"]').fill(
        "위원회 심의 결과입니다."
    )
    visitor.follow(visitor.page.locator('#main form:has(select[name^="outcome_"]) button[type="submit"]'))
    assert visitor.sees("The stage is decided and everybody was told.")


def graduate(visitor: Visitor, receipt: str) -> None:
    """The plan is completed: staff record the graduation, and the founder is told."""
    visitor.sign_in_as(STAFF)
    visitor.go(f"/office/incubator/applications/?q={receipt}")
    _open(visitor, receipt)
    visitor.press("Record the graduation")
    assert visitor.sees("The graduation is recorded.")
    applying.sign_in(visitor)
    visitor.follow(visitor.page.locator("main a[href*='/applications/']").first)
    assert visitor.sees("Congratulations on your graduation")
    visitor.look("application-graduated")


def sign_agreement(visitor: Visitor, receipt: str) -> None:
    applying.sign_in(visitor)
    mails.came(visitor, "Selected: %(receipt_number)s", to=applying.EMAIL, receipt_number=receipt)
    visitor.look("me-selected")
    visitor.follow(visitor.page.locator("main a[href*='/applications/']").first)
    if "/agreement" not in visitor.path:
        visitor.follow(visitor.page.locator("main a[href$='/agreement/']").first)
    visitor.look("agreement")
    visitor.page.locator('[name="read"]').check(force=True)
    visitor.fill(typed_name=applying.NAME)
    visitor.press("Sign the agreement")
    assert visitor.sees(applying.NAME, korean_text=False)
    visitor.look("agreement-signed")
