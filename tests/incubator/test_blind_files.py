"""Evaluators get the files that applicants were told they read: never evidence, never a certificate."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from incubator import services
from incubator.models import ApplicationVersion, RequiredDocument
from incubator.queries.reviews import blind_plan
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db
PLAN, CERTIFICATE = "사업계획서", "사업자등록증명"


@pytest.fixture
def call():
    call = make.CallFactory(documents=[(CERTIFICATE, True), (PLAN, True)], published=False)
    call.bonus_rules.update(name="장애인")
    return services.publish_call(by=make.staff(), call=call)


@pytest.fixture
def application(call):
    """With a certificate, a plan and the evidence of a disability, in this order."""
    draft = make.draft(call)
    by, rule = draft.applicant, call.bonus_rules.get()
    services.claim_bonuses(by=by, application=draft, ticked=[rule.pk])
    services.attach_document(by=by, application=draft, kind=rule.kind, upload=make.pdf("장애인증명서.pdf"))
    draft.refresh_from_db()
    submitted = services.submit_application(by=by, application=draft)
    return services.confirm_eligible(by=make.staff(), application=submitted)


@pytest.fixture
def review(application):
    review = services.assign_mentors(
        by=make.staff(),
        stage=application.call.stages.first(),
        applications=[application],
        mentors=[make.mentor()],
    )[0]
    return services.declare_no_conflict(by=review.evaluator, review=review)


def statuses(client, review):
    """What the first five numbers answer."""
    answers = [client.get(reverse("review_file", args=[review.pk, number])) for number in range(5)]
    for answer in answers:
        list(answer)  # read to its end, which closes the file
    return [answer.status_code for answer in answers]


def test_everything_is_kept_and_one_file_is_shown(review):
    frozen = ApplicationVersion.objects.get(application=review.application).content["documents"]
    assert {row["label"] for row in frozen} == {CERTIFICATE, PLAN, "장애인"}
    assert [file.label for file in blind_plan(review).files] == [PLAN]


def test_the_page_lists_the_plan_alone(client, review):
    client.force_login(review.evaluator)
    page = client.get(reverse("review_score", args=[review.pk])).content.decode()
    assert PLAN in page
    assert CERTIFICATE not in page
    assert "장애인" not in page


def test_the_plan_alone_is_served(client, review):
    client.force_login(review.evaluator)
    assert statuses(client, review) == [404, 200, 404, 404, 404]
    answer = client.get(reverse("review_file", args=[review.pk, 1]))
    list(answer)
    assert "attachment-1.pdf" in answer["Content-Disposition"]


def test_no_other_door_leads_an_evaluator_to_a_file(client, review):
    client.force_login(review.evaluator)
    for row in ApplicationVersion.objects.get().content["documents"]:
        assert client.get(reverse("document_download", args=[row["key"]])).status_code in {403, 404}


def test_another_evaluator_gets_nothing(client, review):
    client.force_login(make.mentor())
    assert statuses(client, review) == [404] * 5


def test_nothing_more_is_shown_after_the_decision(client, review):
    make.give_scores(review, 4)
    make.close(review.application.call)
    services.decide_stage(
        by=make.staff(),
        stage=review.stage,
        selected_ids=[review.application_id],
        reason="평가위원 한 명으로 정했습니다.",
    )
    client.force_login(review.evaluator)
    assert statuses(client, review) == [404, 200, 404, 404, 404]
    assert "장애인" not in client.get(reverse("review_score", args=[review.pk])).content.decode()


def test_a_document_is_hidden_unless_somebody_says_otherwise(review):
    assert RequiredDocument._meta.get_field("read_by_evaluators").default is False
    RequiredDocument.objects.update(read_by_evaluators=False)
    assert blind_plan(review).files == []


def test_evidence_cannot_be_opened_by_a_document_of_the_same_name(review):
    RequiredDocument.objects.update(read_by_evaluators=True)
    assert "장애인" not in {file.label for file in blind_plan(review).files}


def test_applicants_are_told_which_files_evaluators_read(client, call):
    draft = make.draft(call)
    client.force_login(draft.applicant)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("application_edit", args=[draft.pk, "documents"])).content.decode()
    slots = {name: page.split(f"{name}</h2>")[1].split("</section>")[0] for name in (CERTIFICATE, PLAN)}
    assert "Evaluators read this file without knowing who you are." in slots[PLAN]
    assert "Evaluators don’t get this file" in slots[CERTIFICATE]
    page = client.get(reverse("application_edit", args=[draft.pk, "check"])).content.decode()
    assert page.count("evaluators read it") == 1


def test_staff_see_which_files_evaluators_read(client, application):
    client.force_login(make.staff())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("incubator_applications:inspect", args=[application.pk])).content.decode()
    assert page.count("evaluators read it") == 1


def test_the_plan_of_calls_from_before_stays_readable():
    before = make.CallFactory(documents=[(PLAN, True), (CERTIFICATE, True), (f"{PLAN} 증빙", False)])
    RequiredDocument.objects.update(read_by_evaluators=False)
    import_module("incubator.migrations.0003_documents_read_by_evaluators").open_plans(apps, None)
    assert [row.name for row in before.required_documents.filter(read_by_evaluators=True)] == [PLAN]
