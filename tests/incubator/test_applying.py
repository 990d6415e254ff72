"""Applying: drafts, the deadline to the second, receipts, corrections."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import ValidationError

from core import clock
from core.documents.queries import documents_of
from core.errors import NotAllowed, NotNow, Stale
from core.notices.models import Notice
from incubator import services
from incubator.models import Application, Call
from incubator.office.applications import ACTIONS
from incubator.queries.completeness import application_flaws, has_resident_number
from incubator.queries.journey import next_action
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


def submit(application, **kwargs):
    return services.submit_application(by=application.applicant, application=application, **kwargs)


@pytest.mark.parametrize(("seconds", "in_time"), [(-1, True), (0, False), (1, False)])
def test_the_deadline_is_judged_to_the_second(seconds, in_time):
    application = make.draft()
    closes = application.call.closes_at
    with time_machine.travel(closes + timedelta(seconds=seconds), tick=False):
        if in_time:
            assert submit(application).submitted_at == clock.now()
            return
        with pytest.raises(NotNow) as late:
            submit(application)
    application.refresh_from_db()
    assert application.state == "draft"
    assert application.title == make.TEXTS["title"]
    assert "서버 시각" in str(late.value.message) or "server" in str(late.value.message)


def test_a_call_that_is_not_open_yet_takes_no_draft():
    call = make.CallFactory(
        opens_at=clock.now() + timedelta(days=1), closes_at=clock.now() + timedelta(days=2)
    )
    with pytest.raises(NotNow):
        services.start_application(by=make.UserFactory(), call=call)


def test_a_draft_can_be_saved_after_the_deadline():
    application = make.draft()
    make.close(application.call)
    services.save_draft(by=application.applicant, application=application, fields={"title": "새 제목"})
    application.refresh_from_db()
    assert application.title == "새 제목"


def test_receipt_numbers_have_no_gap_even_after_a_failed_submission():
    call = make.CallFactory()
    first, flawed, second = make.draft(call), make.draft(call, complete=False), make.draft(call)
    assert submit(first).receipt_number == f"{call.code}-0001"
    with pytest.raises(ValidationError):
        submit(flawed)
    with pytest.raises(Stale):
        submit(second, expected_version=99)
    assert submit(second).receipt_number == f"{call.code}-0002"
    assert Call.objects.get(pk=call.pk).last_receipt == 2


def test_starting_twice_gives_the_same_draft():
    call, by = make.CallFactory(), make.UserFactory()
    assert services.start_application(by=by, call=call) == services.start_application(by=by, call=call)
    assert Application.objects.count() == 1


def test_submitting_tells_all_flaws_at_once():
    application = make.draft(complete=False)
    flaws = application_flaws(application)
    assert [flaw.field for flaw in flaws][:7] == [
        "title",
        "summary",
        "sector",
        "problem",
        "solution",
        "scale_up",
        "team_text",
    ]
    assert flaws[7].step == "documents"
    with pytest.raises(ValidationError) as refused:
        submit(application)
    assert len(refused.value.messages) == len(flaws) == 8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("900101-1234567", True),
        ("900101 - 1234567입니다", True),
        ("010-1234-5678", False),
        ("110111-1234567", True),
        ("1234567-1234567", False),
        ("900101-9234567", False),
    ],
)
def test_resident_numbers_are_found(text, found):
    assert has_resident_number(text) is found


def test_a_resident_number_in_the_text_is_a_flaw():
    application = make.draft()
    services.save_draft(
        by=application.applicant, application=application, fields={"problem": "저는 900101-1234567"}
    )
    application.refresh_from_db()
    assert [flaw.field for flaw in application_flaws(application)] == ["problem"]


@pytest.mark.parametrize(("born", "flaws"), [(None, 1), ("2006-11-23", 0), ("2006-11-24", 1)])
def test_the_minimum_age_counts_birthdays(born, flaws):
    application = make.draft()
    Call.objects.filter(pk=application.call_id).update(min_age=20)
    application.applicant.birth_date = born
    application.applicant.save()
    with time_machine.travel("2026-11-23T12:00:00+09:00"):
        found = application_flaws(Application.objects.get(pk=application.pk))
    assert len(found) == flaws


def test_two_windows_last_save_per_field_wins_and_tells():
    application = make.draft()
    by, opened_with = application.applicant, dict(application.marks)
    one = services.save_draft(by=by, application=application, fields={"problem": "창 하나"}, seen=opened_with)
    assert one.overwritten == {}
    two = services.save_draft(
        by=by, application=application, fields={"problem": "창 둘", "title": "제목 둘"}, seen=opened_with
    )
    assert two.overwritten == {"problem": "창 하나"}
    application.refresh_from_db()
    assert (application.problem, application.title) == ("창 둘", "제목 둘")
    three = services.save_draft(
        by=by, application=application, fields={"problem": "창 둘 다시"}, seen=two.marks
    )
    assert three.overwritten == {}


def test_keeping_theirs_leaves_the_other_windows_text():
    application = make.draft()
    by, opened_with = application.applicant, dict(application.marks)
    services.save_draft(by=by, application=application, fields={"problem": "창 하나"}, seen=opened_with)
    saved = services.save_draft(
        by=by, application=application, fields={"problem": "창 둘"}, seen=opened_with, keep_theirs=True
    )
    application.refresh_from_db()
    assert application.problem == "창 하나"
    assert saved.overwritten == {"problem": "창 하나"}


def test_a_text_that_is_too_long_is_refused_and_the_rest_is_saved():
    application = make.draft()
    saved = services.save_draft(
        by=application.applicant, application=application, fields={"title": "가" * 81, "summary": "새 요약"}
    )
    application.refresh_from_db()
    assert set(saved.errors) == {"title"}
    assert (application.title, application.summary) == (make.TEXTS["title"], "새 요약")


@pytest.mark.parametrize("state", [state for state in make.IN_STATE if state not in {"draft", "returned"}])
def test_nothing_can_be_written_once_it_is_handed_in(state):
    application = make.ApplicationFactory(state=state)
    with pytest.raises(NotNow):
        services.save_draft(by=application.applicant, application=application, fields={"title": "x"})


def test_nobody_else_writes_in_a_draft():
    application = make.draft()
    for other in (make.UserFactory(), make.staff(), make.mentor()):
        with pytest.raises(NotAllowed):
            services.save_draft(by=other, application=application, fields={"title": "x"})
        with pytest.raises(NotAllowed):
            services.submit_application(by=other, application=application)


def test_what_was_written_before_is_taken_over():
    earlier = make.submitted()
    services.withdraw_application(by=earlier.applicant, application=earlier)
    again = services.start_application(by=earlier.applicant, call=make.CallFactory())
    assert (again.title, again.problem) == (make.TEXTS["title"], make.TEXTS["problem"])


def test_a_withdrawn_application_can_be_taken_up_again_and_keeps_its_number():
    application = make.withdrawn()
    number = application.receipt_number
    again = services.start_application(by=application.applicant, call=application.call)
    assert (again.pk, again.state) == (application.pk, "draft")
    assert submit(again).receipt_number == number


def test_a_return_lists_all_flaws_and_the_answer_is_a_new_version():
    application = make.returned()
    correction = application.corrections.get()
    assert [flaw["text"] for flaw in correction.flaws] == [
        "수치의 출처를 적어 주세요.",
        "팀 소개가 짧습니다.",
    ]
    services.save_draft(
        by=application.applicant, application=application, fields={"problem": "출처: 구청 조사 2025"}
    )
    number = application.receipt_number
    again = submit(application)
    assert (again.state, again.receipt_number) == ("submitted", number)
    newest, oldest = again.versions.all()
    assert newest.content["problem"] == "출처: 구청 조사 2025"
    assert oldest.content["problem"] == make.TEXTS["problem"]
    assert again.corrections.get().answered_at


def test_a_second_return_needs_a_reason():
    application = submit(make.returned())
    flaws = [{"field": "", "text": "하나 더"}]
    with pytest.raises(ValidationError):
        services.return_for_correction(by=make.staff(), application=application, flaws=flaws)
    services.return_for_correction(
        by=make.staff(), application=application, flaws=flaws, again_because="새 서류가 다릅니다."
    )


def test_a_correction_after_its_time_is_too_late():
    application = make.returned()
    due = application.correction_due_at
    with time_machine.travel(due, tick=False):
        assert next_action(application).kind == "danger"
        assert not next_action(application).url
        with pytest.raises(NotNow):
            submit(application)
    with time_machine.travel(due - timedelta(microseconds=1), tick=False):
        assert next_action(application).url
        assert submit(application).state == "submitted"


def test_who_was_asked_to_correct_is_not_refused_before_the_time():
    application = make.returned()
    due = application.correction_due_at
    refuse = next(action for action in ACTIONS if action.name == "refuse")
    assert refuse.is_open(make.submitted(), make.staff())
    with time_machine.travel(due - timedelta(microseconds=1), tick=False):
        assert not refuse.is_open(application, make.staff())
        with pytest.raises(NotNow):
            services.refuse_ineligible(by=make.staff(), application=application, reason="기한 전")
    with time_machine.travel(due, tick=False):
        assert refuse.is_open(application, make.staff())
        assert (
            services.refuse_ineligible(by=make.staff(), application=application, reason="미보완").state
            == "ineligible"
        )


@pytest.mark.parametrize("flaws", [[], [{"field": "", "text": "  "}]])
def test_a_return_without_flaws_is_refused(flaws):
    with pytest.raises(ValidationError):
        services.return_for_correction(by=make.staff(), application=make.submitted(), flaws=flaws)


def test_a_replaced_document_stays_with_the_version_it_was_handed_in_with():
    application = make.returned()
    before = documents_of(application).get()
    services.attach_document(
        by=application.applicant,
        application=application,
        kind=before.kind,
        upload=make.pdf("새 파일.pdf"),
        replaces=before,
    )
    assert [row.original_name for row in documents_of(application)] == ["새 파일.pdf"]
    before.refresh_from_db()
    assert before.owner == application.versions.get()
    with before.open() as file:
        assert file.read() == make.PDF


def test_documents_are_only_taken_where_the_call_asks_for_them():
    application = make.draft()
    with pytest.raises(ValidationError):
        services.attach_document(
            by=application.applicant, application=application, kind="required-999", upload=make.pdf()
        )


def test_a_lying_extension_is_refused():
    application = make.draft()
    kind = application.call.required_documents.first().kind
    with pytest.raises(ValidationError):
        services.attach_document(
            by=application.applicant,
            application=application,
            kind=kind,
            upload=make.pdf("그림.png"),
        )


def test_claimed_bonus_points_ask_for_evidence():
    application = make.draft()
    rule = application.call.bonus_rules.get()
    services.claim_bonuses(by=application.applicant, application=application, ticked=[rule.pk])
    assert [flaw.field for flaw in application_flaws(application)] == [rule.kind]
    services.claim_bonuses(by=application.applicant, application=application, ticked=[], shown=[rule.pk])
    assert application_flaws(application) == []


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("submitted", "application_submitted"),
        ("returned", "application_returned"),
        ("eligible", "application_eligible"),
        ("ineligible", "application_ineligible"),
        ("selected", "application_selected"),
        ("waitlisted", "application_waitlisted"),
        ("rejected", "application_rejected"),
        ("withdrawn", "application_withdrawn"),
        ("participating", "agreement_signed"),
        ("graduated", "application_graduated"),
    ],
)
def test_the_applicant_is_told(state, event):
    application = make.ApplicationFactory(state=state)
    notice = Notice.objects.get(recipient=application.applicant, event=f"incubator.{event}")
    assert notice.subject
    assert "{" not in notice.body_text


def test_a_return_mail_holds_the_whole_list():
    application = make.returned()
    notice = Notice.objects.get(recipient=application.applicant, event="incubator.application_returned")
    assert "수치의 출처를 적어 주세요." in notice.body_text
    assert "팀 소개가 짧습니다." in notice.body_text


def test_every_change_is_kept_in_order():
    application = make.graduated()
    history = list(application.history().order_by("pk"))
    assert [change.transition for change in history] == [
        "submit",
        "confirm_eligible",
        "start_review",
        "select",
        "sign",
        "graduate",
    ]
    assert all(before.target == after.source for before, after in pairwise(history))


def test_publishing_tells_everything_that_is_missing():
    call = make.CallFactory(published=False, stages=[])
    call.agreement_texts.all().delete()
    with pytest.raises(ValidationError) as refused:
        services.publish_call(by=make.staff(), call=call)
    assert len(refused.value.messages) == 2


def test_weights_that_do_not_sum_to_100_stop_a_call():
    call = make.CallFactory(published=False)
    criterion = call.stages.get().rubric.criteria.first()
    criterion.weight += 1
    criterion.save()
    with pytest.raises(ValidationError):
        services.publish_call(by=make.staff(), call=call)
