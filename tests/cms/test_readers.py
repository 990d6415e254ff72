"""The auditor reads all content of the office and changes none of it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cms.models import ContactSettings, HomePage
from core.accounts.roles import Role
from tests.cms import factories
from tests.cms.test_moderation import add_url, form
from tests.loans.factories import UserFactory

pytestmark = pytest.mark.django_db


def role(name):
    return UserFactory(role=name)


@pytest.fixture
def auditor(client):
    client.force_login(role(Role.AUDITOR))
    return client


def test_every_kind_of_page_is_listed_and_read(auditor):
    draft = factories.story("아직 알리지 않은 이야기", publish=False)
    read = reverse("office_read_page", args=[draft.pk])
    for name in ("content_stories:index", "content_all:index"):
        assertContains(auditor.get(reverse(name)), read)
    assertContains(auditor.get(reverse("content_all:index")), HomePage.objects.get().title)
    assertContains(auditor.get(read), "아직 알리지 않은 이야기")
    assertContains(auditor.get(reverse("office_read_draft", args=[draft.pk])), "두 사람이 시작했어요.")
    assert auditor.get("/office/pages/").url == reverse("content_all:index")


def test_nothing_in_the_lists_leads_to_a_form(auditor):
    story = factories.story()
    for url in (reverse("content_stories:index"), reverse("office_read_page", args=[story.pk])):
        page = auditor.get(url)
        assertNotContains(page, reverse("wagtailadmin_pages:edit", args=[story.pk]))
        assertNotContains(page, "choose_parent")
    assert auditor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).status_code == 403
    assert auditor.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk])).status_code == 403
    story.refresh_from_db()
    assert story.live


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Wagtail leaves a file open
def test_pictures_and_documents(auditor):
    content = io.BytesIO()
    Picture.new("1", (4, 4)).save(content, "PNG")
    picture = Image.objects.create(
        title="전경", file=SimpleUploadedFile("a.png", content.getvalue()), width=4, height=4
    )
    document = Document.objects.create(title="공고문", file=SimpleUploadedFile("a.pdf", b"%PDF-1.4"))
    for name, file, add in (
        ("wagtailimages", picture, "wagtailimages:add_multiple"),
        ("wagtaildocs", document, "wagtaildocs:add_multiple"),
    ):
        for view in ("index", "index_results"):
            page = auditor.get(reverse(f"{name}:{view}"), {"ordering": "-usage_count"})
            assertContains(page, file.title)
            assertNotContains(page, reverse(f"{name}:edit", args=[file.pk]))
            assertNotContains(page, reverse(add))
            assertNotContains(page, "data-bulk-action-checkbox")
        assert auditor.get(reverse(add)).status_code == 403
        auditor.post(reverse(f"{name}:delete", args=[file.pk]))
        file.refresh_from_db()


def test_what_waits_for_approval(auditor, client):
    client.force_login(role(Role.EDITOR))
    client.post(add_url(), form(**{"action-submit": "1"}))
    client.force_login(role(Role.AUDITOR))
    for name in ("workflow", "workflow_results", "workflow_tasks", "workflow_tasks_results"):
        page = client.get(reverse(f"wagtailadmin_reports:{name}"))
        assertContains(page, "졸업기업 이야기")
        if name.endswith("_results"):
            assertNotContains(page, 'href=""')


def test_whom_the_public_may_ask(auditor):
    ContactSettings.objects.update(office="창업지원팀")
    url = "/office/settings/cms/contactsettings/"
    assertContains(auditor.get(url), "창업지원팀")
    auditor.post(url, {"office": "다른 팀"})
    assert ContactSettings.objects.get().office == "창업지원팀"


def test_writers_have_what_wagtail_gives_them(client):
    story = factories.story()
    client.force_login(role(Role.EDITOR))
    assert client.get("/office/pages/", follow=True).context["parent_page"] == HomePage.objects.get()
    assertContains(
        client.get(reverse("content_stories:index")), reverse("wagtailadmin_pages:edit", args=[story.pk])
    )
    assert client.get(reverse("office_read_page", args=[story.pk])).status_code == 403
    client.force_login(role(Role.ADMINISTRATOR))
    response = client.get("/office/settings/cms/contactsettings/", follow=True)
    assertContains(response, 'name="office"')


@pytest.mark.parametrize("name", [Role.FINANCE_STAFF, Role.COMMITTEE_SECRETARY])
def test_others_are_refused(client, name):
    client.force_login(role(name))
    for url in ("pages/", "images/", "documents/", "reports/workflow/", "settings/cms/contactsettings/"):
        assert client.get(f"/office/{url}").status_code == 403, url


def test_the_menu_leads_readers_there(auditor):
    home = auditor.get(reverse("wagtailadmin_home")).content.decode()
    for name in (
        "content_all:index",
        "content_stories:index",
        "wagtailimages:index",
        "office_approvals",
        "office_contact",
    ):
        assert reverse(name) in home, name
