"""Without scripts: every button of a step takes along what was typed, ticked and chosen beside it."""

import pytest
from django.urls import reverse

from core.documents.queries import documents_of
from incubator import services
from tests.incubator import factories as make
from tests.incubator.visits import page, post

pytestmark = pytest.mark.django_db
TYPED = "옆 단추를 누르기 전에 쓴 글이에요."
NEWCOMER = {"new-name": "데모팀원", "new-role": "개발", "new-career": "", "new-email": ""}


@pytest.fixture
def application(client):
    row = make.draft()
    client.force_login(row.applicant)
    services.add_member(by=row.applicant, application=row, member=services.Member("떠날 사람", "영업"))
    row.refresh_from_db()
    return row


def first_button(html):
    """The one that Enter in a text field presses."""
    form = html[html.index('id="application-form"') :]
    button = form[form.index("<button") :]
    return button[: button.index(">")]


# ── the team ────────────────────────────────────────────────────────────────
BUTTONS = ["stay", "on", "add", "remove"]
EDIT, REMOVE = "application_edit", "application_member_remove"


def press(client, application, button, **typed):
    """What the page of the team posts, whichever of its buttons is pressed."""
    sent = {"seen": application.seen, "team_text": application.team_text} | typed
    if button == "remove":
        return post(client, REMOVE, application.pk, application.team.get(name="떠날 사람").pk, **sent)
    own = {"stay": {"stay": "1"}, "on": {}, "add": {"add_member": "yes"}}[button]
    return post(client, EDIT, application.pk, "team", **sent, **own)


@pytest.mark.parametrize("button", BUTTONS)
def test_every_button_keeps_the_text_and_who_was_typed_in(client, application, button):
    answer = press(client, application, button, team_text=TYPED, **NEWCOMER)
    step = "documents" if button == "on" else "team"
    assert answer.url == reverse(EDIT, args=[application.pk, step])
    application.refresh_from_db()
    assert application.team_text == TYPED
    names = set(application.team.values_list("name", flat=True))
    assert names == {"데모팀원"} | ({"떠날 사람"} if button != "remove" else set())


@pytest.mark.parametrize("button", BUTTONS)
def test_somebody_half_typed_stays_on_the_page(client, application, button):
    answer = press(client, application, button, team_text=TYPED, **NEWCOMER | {"new-role": ""})
    assert answer.status_code == 422
    assert set(answer.context["member_form"].errors) == {"role"}
    html = answer.content.decode()
    assert 'value="데모팀원"' in html
    assert TYPED in html
    application.refresh_from_db()
    assert application.team_text == TYPED
    again = {"seen": answer.context["form"]["seen"].value(), "team_text": TYPED + "!"}
    assert post(client, EDIT, application.pk, "team", **again).status_code == 302


@pytest.mark.parametrize("button", BUTTONS)
def test_a_text_that_is_too_long_stays_on_the_page_and_nobody_is_added_twice(client, application, button):
    answer = press(client, application, button, team_text=TYPED * 300, **NEWCOMER)
    assert answer.status_code == 422
    assert TYPED * 300 in answer.content.decode()
    assert application.team.filter(name="데모팀원").count() == 1
    assert not answer.context["member_form"].is_bound


@pytest.mark.parametrize("button", BUTTONS)
def test_what_another_window_saved_is_told(client, application, button):
    services.save_draft(
        by=application.applicant, application=application, fields={"team_text": "다른 창의 글"}
    )
    answer = press(client, application, button, team_text=TYPED)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "다른 창의 글" in html
    assert TYPED in html
    application.refresh_from_db()
    assert application.team_text == "다른 창의 글"


def test_removing_from_a_page_that_carries_no_text_leaves_it_alone(client, application):
    post(client, REMOVE, application.pk, application.team.get().pk)
    application.refresh_from_db()
    assert application.team_text == make.TEXTS["team_text"]
    assert not application.team.exists()


def test_enter_in_a_text_field_of_the_team_saves(client, application):
    button = first_button(page(client, EDIT, application.pk, "team").content.decode())
    assert 'name="stay"' in button
    assert "formaction" not in button


# ── the documents ───────────────────────────────────────────────────────────
def slots(application):
    plan, certificate = application.call.required_documents.all()
    return plan.kind, certificate.kind


def press_in_documents(client, application, button, **sent):
    plan, _certificate = slots(application)
    if button == "remove":
        there = documents_of(application).first()
        return post(client, "application_file_remove", application.pk, there.key, **sent)
    own = {"save": {}, "upload": {"kind": plan}, "on": {"next": "check"}}[button]
    return post(client, EDIT, application.pk, "documents", **sent, **own)


@pytest.mark.parametrize("button", ["save", "upload", "remove", "on"])
def test_every_button_keeps_the_ticks_and_all_chosen_files(client, application, button):
    plan, certificate = slots(application)
    rule = application.call.bonus_rules.get()
    files = {f"{plan}-file": make.pdf("하나.pdf"), f"{certificate}-file": make.pdf("둘.pdf")}
    answer = press_in_documents(client, application, button, rules=[rule.pk], **files)
    step = "check" if button == "on" else "documents"
    assert answer.url == reverse(EDIT, args=[application.pk, step])
    assert [claim.rule for claim in application.bonus_claims.all()] == [rule]
    assert {"하나.pdf", "둘.pdf"} <= set(documents_of(application).values_list("original_name", flat=True))


@pytest.mark.parametrize("button", ["save", "upload", "remove", "on"])
def test_a_wrong_file_is_told_and_the_rest_is_kept(client, application, button):
    plan, certificate = slots(application)
    rule = application.call.bonus_rules.get()
    files = {f"{plan}-file": make.pdf("하나.pdf", b"no pdf"), f"{certificate}-file": make.pdf("둘.pdf")}
    answer = press_in_documents(client, application, button, rules=[rule.pk], **files)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'href="#id_{plan}-file"' in html
    assert "checked" in html
    assert application.bonus_claims.count() == 1
    names = documents_of(application).values_list("original_name", flat=True)
    assert "둘.pdf" in names
    assert "하나.pdf" not in names


def test_only_the_ticks_that_this_page_changed_are_changed(client, application):
    first = application.call.bonus_rules.get()
    second = make.BonusRule.objects.create(call=application.call, name="둘째 가점", points="1")
    other = {"by": application.applicant, "application": application}
    services.claim_bonuses(**other, ticked=[second.pk])  # by another window: this page showed none
    post(client, EDIT, application.pk, "documents", rules=[first.pk])
    assert application.bonus_claims.count() == 2
    post(client, EDIT, application.pk, "documents", shown=[first.pk, second.pk], rules=[second.pk])
    assert [claim.rule for claim in application.bonus_claims.all()] == [second]
    post(client, EDIT, application.pk, "documents", kind=slots(application)[0])
    assert application.bonus_claims.count() == 1


def test_upload_without_a_file_asks_for_one(client, application):
    answer = press_in_documents(client, application, "upload")
    assert answer.status_code == 422
    assert f'href="#id_{slots(application)[0]}-file"' in answer.content.decode()


# ── the declaration ─────────────────────────────────────────────────────────
def test_a_reason_to_step_back_stays_beside_a_missing_declaration(client):
    review = make.review_in("assigned")
    client.force_login(review.evaluator)
    answer = post(client, "review_declare", review.pk, version=review.version, reason="전 직장 동료")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "전 직장 동료" in html
    assert html[html.index("<main") : html.index("</main>")].count("<form") == 1


def test_a_tick_stays_beside_a_missing_reason(client):
    review = make.review_in("assigned")
    client.force_login(review.evaluator)
    answer = post(client, "review_recuse", review.pk, version=review.version, no_conflict="on")
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
