"""The applicant's pages: the journey by hand, double clicks, two windows, stale pages."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from core import clock
from core.accounts.models import Consent, ConsentText
from core.accounts.sections import sections_for
from core.accounts.worklist import todos_for
from incubator import services
from incubator.models import Application
from tests.incubator import factories as make
from tests.incubator.visits import page, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _consent_texts():
    ConsentText.objects.filter(purpose="incubation").delete()
    for kind, required in (("collection", True), ("marketing", False)):
        ConsentText.objects.create(
            kind=kind,
            purpose="incubation",
            version=1,
            title=kind,
            body="목적과 항목",
            required=required,
            effective_on="2026-01-01",
        )


def start(client, call, answer="yes", **consents):
    question = call.eligibility_questions.get()
    return post(client, "call_apply", call.slug, **{f"question-{question.pk}": answer}, **consents)


def required_consent():
    return {f"consent-{ConsentText.objects.get(purpose='incubation', required=True).pk}": "on"}


# ── starting ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("answer", "starts"), [("yes", True), ("unknown", True), ("no", False), ("", False)])
def test_the_self_check_explains_and_only_stops_what_is_certain(client, answer, starts):
    call, user = make.CallFactory(), make.UserFactory()
    client.force_login(user)
    response = start(client, call, answer, **required_consent())
    assert Application.objects.filter(applicant=user).exists() is starts
    assert response.status_code == (302 if starts else 422)
    if answer == "no":
        assert "용산구 사업입니다." in response.content.decode()


def test_without_the_required_consent_nothing_starts(client):
    call, user = make.CallFactory(), make.UserFactory()
    client.force_login(user)
    assert start(client, call).status_code == 422
    start(client, call, **required_consent())
    assert [consent.text.kind for consent in Consent.objects.filter(user=user)] == ["collection"]


def test_starting_again_leads_to_the_draft(client):
    application = make.draft()
    client.force_login(application.applicant)
    response = page(client, "call_apply", application.call.slug)
    assert response.url == reverse("application_edit", args=[application.pk, "plan"])


def test_a_closed_call_says_so_and_takes_nothing(client):
    call = make.close(make.CallFactory())
    client.force_login(make.UserFactory())
    assert page(client, "call_apply", call.slug).status_code == 200
    assert start(client, call, **required_consent()).status_code == 409


def test_a_call_in_preparation_does_not_exist(client):
    client.force_login(make.UserFactory())
    assert page(client, "call_apply", make.CallFactory(published=False).slug).status_code == 404


# ── writing ─────────────────────────────────────────────────────────────────
def test_the_form_saves_and_goes_on_without_scripts(client):
    application = make.draft(complete=False)
    client.force_login(application.applicant)
    fields = {name: text for name, text in make.TEXTS.items() if name != "team_text"}
    response = post(client, "application_edit", application.pk, "plan", applicant_type="pre", **fields)
    assert response.url == reverse("application_edit", args=[application.pk, "team"])
    post(client, "application_edit", application.pk, "team", team_text=make.TEXTS["team_text"])
    required, _optional = application.call.required_documents.all()
    post(
        client,
        "application_edit",
        application.pk,
        "documents",
        kind=required.kind,
        **{f"{required.kind}-file": make.pdf()},
    )
    assert "error-summary" not in page(client, "application_edit", application.pk, "check").content.decode()


def test_members_come_and_go(client):
    application = make.draft()
    client.force_login(application.applicant)
    url = ("application_edit", application.pk, "team")
    assert post(client, *url, add_member="yes", **{"new-name": "", "new-role": "개발"}).status_code == 422
    post(client, *url, add_member="yes", **{"new-name": "데모팀원", "new-role": "개발"})
    member = application.team.get()
    post(client, "application_member_remove", application.pk, member.pk)
    assert not application.team.exists()


def test_autosave_answers_with_the_servers_time(client):
    application = make.draft()
    with time_machine.travel("2026-11-23T16:58:03+09:00", tick=False):
        client.force_login(application.applicant)
        response = post(
            client,
            "application_autosave",
            application.pk,
            title="새 제목",
            changed=["title"],
            seen=json.dumps(application.marks),
        )
    assert response.json()["saved_at"] == "16:58:03"
    assert response.json()["overwritten"] == []
    application.refresh_from_db()
    assert application.title == "새 제목"


def test_autosave_in_two_windows_tells_what_was_overwritten(client):
    application = make.draft()
    client.force_login(application.applicant)
    seen = json.dumps(application.marks)
    for text in ("창 하나", "창 둘"):
        answer = post(
            client, "application_autosave", application.pk, problem=text, changed=["problem"], seen=seen
        ).json()
    assert [row["text"] for row in answer["overwritten"]] == ["창 하나"]


def test_saving_by_hand_in_two_windows_asks_once(client):
    application = make.draft()
    client.force_login(application.applicant)
    seen = json.dumps(application.marks)
    services.save_draft(by=application.applicant, application=application, fields={"team_text": "창 하나"})
    url = ("application_edit", application.pk, "team")
    first = post(client, *url, team_text="창 둘", seen=seen)
    assert first.status_code == 422
    assert "창 하나" in first.content.decode()
    again = post(client, *url, team_text="창 둘", seen=first.context["form"]["seen"].value())
    assert again.status_code == 302
    application.refresh_from_db()
    assert application.team_text == "창 둘"


@pytest.mark.parametrize("seen", ["", "null", "[]", "{", '{"title": "x"}'])
def test_autosave_bears_a_broken_mark(client, seen):
    application = make.draft()
    client.force_login(application.applicant)
    response = post(client, "application_autosave", application.pk, title="x", changed=["title"], seen=seen)
    assert response.status_code == 200


def test_autosave_after_handing_in_is_refused_with_words(client):
    application = make.submitted()
    client.force_login(application.applicant)
    response = post(client, "application_autosave", application.pk, title="x", changed=["title"])
    assert response.status_code == 409
    assert response.json()["message"]


@pytest.mark.parametrize(
    ("name", "content"), [("계획.exe", b"MZ"), ("계획.pdf", b"not a pdf"), ("계획.pdf", b"")]
)
def test_a_wrong_file_is_refused_with_the_reason(client, name, content):
    application = make.draft()
    client.force_login(application.applicant)
    kind = application.call.required_documents.first().kind
    upload = make.pdf(name, content)
    response = post(
        client, "application_edit", application.pk, "documents", kind=kind, **{f"{kind}-file": upload}
    )
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()


def test_a_file_that_is_too_large_is_refused(client, settings):
    application = make.draft()
    settings.DOCUMENT_MAX_BYTES = 10
    client.force_login(application.applicant)
    kind = application.call.required_documents.first().kind
    response = post(
        client, "application_edit", application.pk, "documents", kind=kind, **{f"{kind}-file": make.pdf()}
    )
    assert response.status_code == 422


# ── handing in ──────────────────────────────────────────────────────────────
def test_handing_in_twice_gives_one_receipt(client):
    application = make.draft()
    client.force_login(application.applicant)
    first, second = (
        post(
            client,
            "application_submit",
            application.pk,
            version=application.version,
            seen=application.seen,
        )
        for _ in range(2)
    )
    assert first.url == second.url == reverse("application_submitted", args=[application.pk])
    application.refresh_from_db()
    assert application.versions.count() == 1
    html = client.get(first.url).content.decode()
    assert application.receipt_number in html
    assert f"{application.submitted_at:%M:%S}" in html


def signing(application):
    return {
        "text": application.call.agreement_texts.get().pk,
        "typed_name": application.applicant.name,
        "read": "on",
    }


@pytest.mark.parametrize(
    ("name", "prepare", "given", "transition"),
    [
        ("application_withdraw", make.submitted, lambda _: {"reason": "다른 일"}, "withdraw"),
        ("application_decline", make.decided, lambda _: {"reason": "다른 일"}, "decline"),
        ("agreement", make.decided, signing, "sign"),
    ],
)
def test_a_second_click_leads_to_the_same_result(client, name, prepare, given, transition):
    application = prepare()
    client.force_login(application.applicant)
    data = {"version": application.version} | given(application)
    first, second = (post(client, name, application.pk, **data) for _ in range(2))
    assert first.url == second.url == reverse("application_status", args=[application.pk])
    assert application.history().filter(transition=transition).count() == 1


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("review_declare", {"no_conflict": "on"}, "review_score"),
        ("review_recuse", {"reason": "가까운 사이"}, "mentor_reviews"),
    ],
)
def test_a_second_click_of_an_evaluator_leads_to_the_same_result(client, name, given, where):
    review = make.in_review().reviews.first()
    client.force_login(review.evaluator)
    data = {"version": review.version} | given
    first, second = (post(client, name, review.pk, **data) for _ in range(2))
    assert first.url == second.url == reverse(where, args=[review.pk] if where == "review_score" else [])
    assert review.history().count() == 1


def test_what_another_window_saved_is_not_handed_in_unseen(client):
    application = make.draft()
    client.force_login(application.applicant)
    seen = page(client, "application_edit", application.pk, "check").context["application"].seen
    services.save_draft(by=application.applicant, application=application, fields={"problem": "다른 창"})
    sent = {"version": application.version, "seen": seen}
    stale = post(client, "application_submit", application.pk, **sent)
    assert stale.status_code == 409
    assert "문제인식" in stale.content.decode()
    application.refresh_from_db()
    assert (application.state, application.problem) == ("draft", "다른 창")
    sent["seen"] = application.seen
    assert post(client, "application_submit", application.pk, **sent).status_code == 302


def test_a_page_that_carries_no_marks_hands_nothing_in(client):
    application = make.draft()
    client.force_login(application.applicant)
    response = post(client, "application_submit", application.pk, version=application.version)
    assert response.status_code == 409


def test_handing_in_with_flaws_leads_to_the_list(client):
    application = make.draft(complete=False)
    client.force_login(application.applicant)
    response = post(client, "application_submit", application.pk, version=0)
    assert response.url == reverse("application_edit", args=[application.pk, "check"])


def test_too_late_is_a_409_with_both_times_and_the_draft_stays(client):
    application = make.draft()
    client.force_login(application.applicant)
    with time_machine.travel(application.call.closes_at + timedelta(seconds=1), tick=False):
        client.force_login(application.applicant)
        response = post(client, "application_submit", application.pk, version=0)
        now = f"{clock.now():%M:%S}"
    assert response.status_code == 409
    assert now in response.content.decode()
    application.refresh_from_db()
    assert application.state == "draft"


@pytest.mark.parametrize("version", ["", "7", "-1", "x"])
def test_a_stale_page_is_a_409(client, version):
    application = make.submitted()
    client.force_login(application.applicant)
    assert post(client, "application_withdraw", application.pk, version=version).status_code == 409
    application.refresh_from_db()
    assert application.state == "submitted"


def test_the_receipt_is_a_pdf_with_the_number(client):
    application = make.submitted()
    client.force_login(application.applicant)
    response = page(client, "application_receipt", application.pk)
    text = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    assert application.receipt_number in text


@pytest.mark.parametrize(("official", "signs"), [(True, "서울특별시 용산구청장"), (False, "용산 창업지원")])
def test_the_district_signs_a_receipt_only_on_its_official_site(client, settings, official, signs):
    settings.OFFICIAL_SITE = official
    application = make.submitted()
    client.force_login(application.applicant)
    response = page(client, "application_receipt", application.pk)
    assert signs in PdfReader(BytesIO(response.content)).pages[0].extract_text()


# ── afterwards ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("state", make.IN_STATE)
def test_the_status_page_says_where_it_stands_in_every_state(client, state):
    application = make.ApplicationFactory(state=state)
    client.force_login(application.applicant)
    response = page(client, "application_status", application.pk)
    assert response.status_code == 200
    assert response.context["action"].title
    assert len(response.context["events"]) == application.history().count()
    assert application.title in response.content.decode()


def test_a_returned_application_shows_the_whole_list_and_can_be_corrected(client):
    application = make.returned()
    client.force_login(application.applicant)
    for url in ("application_status", "application_edit"):
        args = [application.pk] + (["plan"] if url == "application_edit" else [])
        assert "수치의 출처를 적어 주세요." in page(client, url, *args).content.decode()
    response = post(
        client, "application_submit", application.pk, version=application.version, seen=application.seen
    )
    assert response.status_code == 302
    application.refresh_from_db()
    assert application.state == "submitted"


def test_the_agreement_is_read_and_signed(client):
    application = make.decided()
    client.force_login(application.applicant)
    text = application.call.agreement_texts.get()
    data = {"version": application.version, "text": text.pk, "read": "on"}
    assert post(client, "agreement", application.pk, **data, typed_name="다른 이름").status_code == 422
    assert (
        post(client, "agreement", application.pk, **data, typed_name=application.applicant.name).status_code
        == 302
    )
    html = page(client, "agreement", application.pk).content.decode()
    assert "협약 내용입니다." in html
    assert "typed_name" not in html


def test_a_place_is_declined(client):
    application = make.decided()
    client.force_login(application.applicant)
    post(client, "application_decline", application.pk, version=application.version)
    application.refresh_from_db()
    assert application.state == "declined"


def test_comments_reach_the_applicant_without_a_name_once_it_is_decided(client):
    application = make.scored()
    review = application.reviews.first()
    review = services.reopen_review(by=make.staff(), review=review, reason="의견")
    criterion = review.stage.rubric.criteria.first()
    services.save_scores(
        by=review.evaluator, review=review, scores={criterion.pk: services.ScoreInput(comment="수치가 좋다.")}
    )
    services.submit_review(by=review.evaluator, review=review)
    client.force_login(application.applicant)
    assert "수치가 좋다." not in page(client, "application_status", application.pk).content.decode()
    make.close(application.call)
    services.decide_stage(by=make.staff(), stage=application.stage, selected_ids=[application.pk])
    html = page(client, "application_status", application.pk).content.decode()
    assert "수치가 좋다." in html
    assert review.evaluator.name not in html


# ── what waits ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("state", "url"),
    [("draft", "application_edit"), ("returned", "application_edit"), ("selected", "agreement")],
)
def test_the_applicants_next_step_waits_on_their_page(state, url):
    application = make.ApplicationFactory(state=state)
    args = [application.pk, "plan"] if url == "application_edit" else [application.pk]
    assert [todo.url for todo in todos_for(application.applicant)] == [reverse(url, args=args)]
    section = next(s for s in sections_for(application.applicant) if s.rows)
    assert section.rows[0].url == reverse("application_status", args=[application.pk])


def test_open_reviews_and_queues_wait():
    application = make.in_review()
    make.submitted(application.call)
    [todo] = todos_for(application.reviews.first().evaluator)
    assert (todo.count, todo.url) == (1, reverse("mentor_reviews"))
    assert {todo.count for todo in todos_for(make.staff()) if todo.kind == "incubator_queue"} == {1}
