import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Site, WorkflowPage

from cms.models import HomePage
from cms.services.site_tree import SECTIONS, build_site

pytestmark = pytest.mark.django_db


def test_a_fresh_site_is_ours():
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(title__icontains="wagtail").exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_build_site_changes_nothing_when_all_is_there():
    before = list(Page.objects.order_by("path").values_list("pk", "path", "slug"))
    build_site()
    build_site()
    assert list(Page.objects.order_by("path").values_list("pk", "path", "slug")) == before


def test_build_site_builds_what_is_missing():
    HomePage.objects.get().delete()
    Site.objects.all().delete()
    home = build_site()
    assert {page.slug for page in home.get_children()} == {section.slug for section in SECTIONS}
    assert Site.objects.get().root_page_id == home.pk


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/calls/",
        "/programmes/",
        "/programmes/good-partner/",
        "/centres/",
        "/loans-guide/",
        "/stories/",
        "/news/",
    ],
)
def test_an_empty_site_answers_everywhere(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert 'rel="canonical" href="http' in response.content.decode()


def test_sitemap_and_robots(client, settings):
    settings.SITE_URL = "https://example.kr"
    body = client.get("/sitemap.xml").content.decode()
    assert "/calls/</loc>" in body
    assert "/jobs-plan/</loc>" in body
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.DEMO = False
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in robots
    assert "Disallow: /office/" in robots
    assert "Sitemap: https://example.kr/sitemap.xml" in robots


def test_korean_addresses_work(client):
    from tests.cms.factories import pages

    page = pages.publish_standard_page(
        slug="개인정보-처리방침", title="개인정보 처리방침", intro="", body=[("paragraph", "<p>내용</p>")]
    )
    assert client.get(page.url).status_code == 200


def test_moderation_is_set_up_for_the_whole_site():
    task = GroupApprovalTask.objects.get()
    assert list(task.groups.all()) == [Group.objects.get(name="administrator")]
    assert WorkflowPage.objects.get().page.specific == HomePage.objects.get()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
