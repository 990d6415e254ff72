"""An editor writes, an administrator approves, the public reads."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from pytest_django.asserts import assertContains
from wagtail.models import TaskState, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.models import StoryIndexPage, SuccessStoryPage
from core.accounts.models import User
from tests.cms import factories

pytestmark = pytest.mark.django_db


def person(role):
    user = User.objects.create_user(email=f"{role}@example.com", name=role)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def editor():
    return person("editor")


@pytest.fixture
def administrator():
    return person("administrator")


def form(**extra):
    return nested_form_data(
        {
            "title": "졸업기업 이야기",
            "slug": "graduate",
            "intro": "",
            "business_name": "데모 주식회사",
            "programme": "굿파트너 1기",
            "told_on": "2026-10-01",
            "colour": "green",
            "quote": "",
            "quote_by": "",
            "sector": "",
            "figures": inline_formset(
                [{"label": "매출", "value": "18억원", "year": "2025", "source": "기업 보고"}]
            ),
            "body": streamfield([("paragraph", rich_text("<p>처음 이야기</p>", features=["bold"]))]),
            "comments": inline_formset([]),
            **extra,
        }
    )


def add_url():
    return reverse(
        "wagtailadmin_pages:add", args=["cms", "successstorypage", StoryIndexPage.objects.get().pk]
    )


def test_an_editor_cannot_publish(client, editor):
    client.force_login(editor)
    client.post(add_url(), form(**{"action-publish": "1"}))
    story = SuccessStoryPage.objects.get()
    assert not story.live
    assert client.get("/stories/graduate/").status_code == 404


def test_a_story_goes_live_when_the_administrator_approves(client, editor, administrator):
    client.force_login(editor)
    client.post(add_url(), form(**{"action-submit": "1"}))
    story = SuccessStoryPage.objects.get()
    assert not story.live
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    approve = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])

    client.post(approve, {"comment": ""})
    story.refresh_from_db()
    assert not story.live, "the editor approved the editor's own story"

    client.force_login(administrator)
    client.post(approve, {"comment": "좋아요"})
    story.refresh_from_db()
    assert story.live
    assert story.current_workflow_state is None
    client.logout()
    assertContains(client.get("/stories/graduate/"), "처음 이야기")


def test_a_rejected_story_stays_out_and_can_be_handed_in_again(client, editor, administrator):
    client.force_login(editor)
    client.post(add_url(), form(**{"action-submit": "1"}))
    story, task = SuccessStoryPage.objects.get(), TaskState.objects.get()
    client.force_login(administrator)
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "reject", task.pk]),
        {"comment": "출처를 적어 주세요"},
    )
    story.refresh_from_db()
    assert not story.live
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    client.force_login(editor)
    client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(**{"action-submit": "1"}))
    assert WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists()


def test_an_editors_change_of_a_live_page_waits_too(client, editor):
    story = factories.story("살아 있는 이야기", slug="alive")
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    client.post(edit, form(slug="alive", title="바꾼 제목", **{"action-publish": "1"}))
    story.refresh_from_db()
    assert story.title == "살아 있는 이야기"


@pytest.mark.parametrize("role", ["auditor", "finance_staff", "committee_secretary", "mentor"])
def test_others_cannot_write_stories(client, role):
    client.force_login(person(role))
    client.post(add_url(), form(**{"action-publish": "1"}))
    assert not SuccessStoryPage.objects.exists()


def test_programme_staff_keep_call_pages_but_no_stories(client):
    client.force_login(person("programme_staff"))
    client.post(add_url(), form())
    assert not SuccessStoryPage.objects.exists()
    assert client.get(reverse("content_calls:index")).status_code == 200


def test_the_content_menu_is_for_those_who_write_or_read_it(client, editor):
    client.force_login(editor)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "content-images" in menu
    client.force_login(person("finance_staff"))
    assert "content-images" not in client.get(reverse("wagtailadmin_home")).content.decode()
