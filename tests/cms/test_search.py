from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.models import PageViewRestriction

from cms.korean import finder
from cms.queries.search import excerpt, highlight, search_pages
from cms.services.site_tree import build_site
from tests.cms import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(django_capture_on_commit_callbacks):
    """Pages that a search may find; indexed as after a commit."""
    with django_capture_on_commit_callbacks(execute=True):
        return {
            "centre": factories.centre("용산구 창업지원센터"),
            "news": factories.news(
                "입주 기업을 찾아요", text="청년 창업 지원 공간이에요. Good Partner 2025년"
            ),
            "story": factories.story("데모푸드 이야기"),
        }


def titles(text, **asked):
    return {hit.page.title for hit in search_pages(text, **asked).hits}


@pytest.mark.parametrize(
    "text", ["창업", "지원", "센터", "창업지원", "업지원", "창업 지원 센터", "창업지원센터"]
)
def test_a_word_inside_a_compound_is_found(public, text):
    assert public["centre"].title in titles(text)


def test_words_written_apart_are_found_together(public):
    assert public["news"].title in titles("창업지원")


@pytest.mark.parametrize("text", ["good", "GOOD partner", "2025", "2025년", "찾"])
def test_other_scripts_numbers_and_single_syllables(public, text):
    assert titles(text) == {public["news"].title}


def test_all_words_are_required(public):
    assert titles("창업 partner") == {public["news"].title}
    assert not titles("창업 없는말")


def test_the_title_counts_most(public):
    assert next(iter(search_pages("창업지원센터").hits)).page.title == public["centre"].title


def test_drafts_and_taken_down_pages_are_not_found(public, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.story("비밀기업 이야기", publish=False)
        public["news"].unpublish()
    assert not titles("비밀기업")
    assert not titles("partner")


def test_a_changed_page_is_found_by_its_new_words_only(public, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        story = public["story"]
        story.title = "새이름 이야기"
        story.save_revision().publish()
    assert titles("새이름") == {"새이름 이야기"}
    assert not titles("데모푸드")


def test_groups_are_counted_and_chosen(public):
    found = search_pages("창업")
    counts = {group.key: group.count for group in found.groups}
    assert (counts["centres"], counts["news"]) == (1, 1)
    assert found.count == sum(counts.values())
    assert titles("창업", group="news") == {public["news"].title}
    assert search_pages("창업", group="no-such-group").group == ""


@pytest.mark.parametrize("text", ["", "   ", "%", "\"'*:()", "\x00"])
def test_nothing_to_look_for_finds_nothing(public, client, text):
    assert search_pages(text) is None
    assert client.get(reverse("search"), {"q": text}).status_code == 200


@pytest.mark.parametrize(
    "text", ["창업 OR 지원", "NOT 창업", "창업*", "a:b", "창업 -지원", "((창업", "NEAR(창업 지원)"]
)
def test_search_syntax_of_the_databases_is_only_words(public, client, text):
    assert client.get(reverse("search"), {"q": text}).status_code == 200


def test_the_page_marks_what_was_found(public, client):
    response = client.get(reverse("search"), {"q": "창업"})
    assertContains(response, "용산구 <mark>창업</mark>지원센터", html=False)
    assertNotContains(client.get(reverse("search"), {"q": "없는말"}), "<mark>")


def test_pagination_keeps_the_words(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(11):
            factories.news(f"공지 {number}호")
    first = client.get(reverse("search"), {"q": "공지"})
    assertContains(first, "page=2")
    assertContains(client.get(reverse("search"), {"q": "공지", "page": "2"}), "<mark>공지</mark>")


def test_the_number_of_queries_does_not_grow(
    client, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(9):
            factories.news(f"공지 {number}호")
        factories.centre("공지 센터")
    client.get(reverse("search"), {"q": "공지"})
    with django_assert_max_num_queries(12):
        client.get(reverse("search"), {"q": "공지"})


def test_excerpts_and_highlights_escape():
    pattern = finder("창업")
    assert highlight("<b>창업</b>", pattern) == "&lt;b&gt;<mark>창업</mark>&lt;/b&gt;"
    long_text = "가나 " * 60 + "<i>창업 " + "다라 " * 60
    assert excerpt(long_text, pattern).startswith("…")
    assert "&lt;i&gt;<mark>창업</mark>" in excerpt(long_text, pattern)
    assert excerpt("짧은 글", pattern) == "짧은 글"


@pytest.mark.parametrize("restricted", ["page", "section"])
def test_what_is_behind_a_view_restriction_is_not_found(client, public, restricted):
    page = public["news"] if restricted == "page" else public["news"].get_parent()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert not titles("partner")
    assert not titles("입주")
    assertNotContains(client.get(reverse("search"), {"q": "입주"}), public["news"].slug)
    assertNotContains(client.get(reverse("sitemap")), public["news"].slug)


def test_the_pages_that_the_migrations_made_are_found_after_a_release():
    release = (Path(__file__).parents[2] / "deploy" / "release.sh").read_text("utf-8")
    commands = [line.split()[2:] for line in release.splitlines() if line.startswith("python manage.py")]
    assert [command[0] for command in commands] == ["migrate", "update_index"]
    name, *options = commands[1]
    call_command(name, *options, stdout=StringIO())
    assert "융자지원" in titles("융자지원")


def test_the_pages_of_a_site_that_stood_before_are_found(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        build_site()
    assert "융자지원" in titles("융자지원")
