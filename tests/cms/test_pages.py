import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.files.base import ContentFile
from django.db.models import F
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.documents.models import Document

from cms.models import CallPage, ContactSettings
from cms.services import pages
from core import clock
from impact.models import AreaResult
from impact.services.plans import PlannedProject, save_jobs_plan
from incubator import services as incubator
from incubator.models import Call
from loans.models import FundYear, Product, ProductDocument
from tests.cms import factories
from tests.incubator.factories import CallFactory, staff
from tests.loans.factories import FundFactory, ProductFactory, fund_years, loan_round

pytestmark = pytest.mark.django_db


def call(*, opens, closes, **fields):
    """A published call that opens and closes so many days from now."""
    now = clock.now()
    return CallFactory(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes), **fields)


@pytest.fixture
def fund():
    fund = FundFactory()
    fund_years(fund)
    product = ProductFactory(fund=fund)
    return loan_round(product=product)


@pytest.fixture
def plan():
    plan = save_jobs_plan(
        year=2025,
        facts={"target_jobs": 7640, "project_count": 54, "source": "일자리대책"},
        areas=["창업지원", "고용서비스"],
        projects=[PlannedProject("창업아카데미")],
    )
    for area in plan.areas.all():
        AreaResult.objects.create(
            area=area, quarter=1, target=100, achieved=80, as_of="2025-03-31", source="시연", is_demo=True
        )
    return plan


# ── calls ───────────────────────────────────────────────────────────────────
def test_a_published_call_gets_its_page(client):
    row = call(opens=-1, closes=6)
    page = CallPage.objects.get(call=row)
    assert page.live
    assert page.url == f"/calls/{row.slug}/"
    assertContains(client.get(page.url), row.title)


def test_a_call_in_preparation_is_not_shown(client):
    row = call(opens=-1, closes=6, published=False)
    page = pages.publish_call_page(call=row, body=[("paragraph", "<p>준비 중인 글</p>")])
    assert not page.live
    assert client.get(f"/calls/{row.slug}/").status_code == 404
    assertNotContains(client.get("/calls/"), row.title)
    incubator.publish_call(by=staff(), call=row)
    assertContains(client.get(f"/calls/{row.slug}/"), "준비 중인 글")


def test_a_draft_call_stays_hidden_even_when_its_page_is_live(client):
    row = call(opens=-1, closes=6, published=False)
    page = pages.ensure_call_page(call=row)
    page.save_revision().publish()
    assert client.get(f"/calls/{row.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("opens", "closes", "says", "can_apply"),
    [(-1, 6, "D-6", True), (3, 9, "접수 시작", False), (-9, -1, "접수가 끝난 공고예요", False)],
)
def test_a_call_says_where_it_stands(client, opens, closes, says, can_apply):
    row = call(opens=opens, closes=closes)
    response = client.get(f"/calls/{row.slug}/")
    assertContains(response, says)
    assert (reverse("call_apply", args=[row.slug]) in response.content.decode()) is can_apply


def test_a_call_shows_its_conditions(client):
    row = call(opens=-1, closes=6, stages=[("document", 4), ("committee", 2)])
    document = Document(title="모집공고문")
    document.file.save("call.pdf", ContentFile(b"%PDF-1.4"))
    document.save()
    pages.publish_call_page(call=row, body=[("heading", "신청 방법")], attachments=[document])
    ContactSettings.objects.update(office="창업지원팀", phone="02-000-0000")
    response = client.get(f"/calls/{row.slug}/")
    for text in [
        "서류평가",
        "운영위원회 심의",
        "사업자등록증명",
        "용산구 거주",
        "신청 방법",
        "모집공고문",
        "서버 시각",
    ]:
        assertContains(response, text)


@pytest.mark.parametrize("phase", ["", "open", "upcoming", "closed"])
def test_the_headings_of_the_list_leave_no_level_out(client, phase):
    for opens, closes in ((-9, 5), (2, 9), (-9, -1)):
        call(opens=opens, closes=closes)
    body = client.get("/calls/", {"phase": phase}).content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", body)]
    assert levels[0] == 1
    assert 3 in levels
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_list_puts_the_urgent_first_and_can_be_narrowed(client):
    closed, later, coming, soon = (
        call(opens=-9, closes=-1),
        call(opens=-1, closes=20),
        call(opens=2, closes=9),
        call(opens=-1, closes=3),
    )
    body = client.get("/calls/").content.decode()
    places = [body.index(f"/calls/{row.slug}/") for row in (soon, later, coming, closed)]
    assert places == sorted(places)
    for phase, shown in {"open": {soon, later}, "upcoming": {coming}, "closed": {closed}}.items():
        body = client.get("/calls/", {"phase": phase}).content.decode()
        assert {row for row in (closed, later, coming, soon) if f"/calls/{row.slug}/" in body} == shown
    assert client.get("/calls/", {"phase": "nonsense", "page": "x"}).status_code == 200


def test_the_title_of_a_changed_call_is_searched_anew(django_capture_on_commit_callbacks):
    from cms.queries.search import search_pages

    with django_capture_on_commit_callbacks(execute=True):
        row = call(opens=-1, closes=6)
        row = Call.objects.get(pk=row.pk)
        row.eligibility = "반려동물 창업자"
        row.save()
    assert search_pages("반려동물").count == 1


@pytest.mark.parametrize("path", ["/", "/calls/", "/programmes/good-partner/"])
def test_lists_of_calls_need_the_same_queries_for_many(
    client, path, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    programme = call(opens=-1, closes=5).programme
    pages.publish_programme_page(slug="good-partner", programme=programme, intro="", body=[])
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(4):
        call(opens=-1, closes=6 + number, programme=programme)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(few) == len(many)


# ── home ────────────────────────────────────────────────────────────────────
def test_the_home_page_shows_what_runs_in_thirteen_queries(client, fund, plan, django_assert_max_num_queries):
    first, second = call(opens=-1, closes=6), call(opens=-1, closes=20)
    call(opens=4, closes=20)
    for number in range(4):
        factories.story(f"데모 이야기 {number}")
    client.get("/")
    with django_assert_max_num_queries(13):
        response = client.get("/")
    for text in [
        first.title,
        second.title,
        "D-6",
        fund.product.fund.name,
        "데모 이야기 3",
        "7,640개",
        "시연 자료",
    ]:
        assertContains(response, text)
    assertContains(response, reverse("call_apply", args=[first.slug]), count=1)


def test_the_home_page_says_when_nothing_runs(client):
    response = client.get("/")
    assertContains(response, "지금 접수 중인 공고가 없어요")
    assertNotContains(response, "올해 남은 융자 재원")


# ── the rest ────────────────────────────────────────────────────────────────
def test_the_loan_guide_shows_terms_and_calculator(client, fund):
    response = client.get("/loans-guide/")
    for text in [fund.product.fund.name, "원금균등", fund.title, reverse("loan_apply", args=[fund.pk])]:
        assertContains(response, text)
    assertContains(response, f'action="{reverse("loan_calculator")}"')


@pytest.mark.parametrize(
    ("method", "grace", "words"),
    [
        ("equal_principal", 12, "거치 기간에는 이자만 내요. 원금을 매번 똑같이 나누어 갚고"),
        ("equal_payment", 0, "원금과 이자를 합쳐 매번 같은 금액"),
        ("bullet", 0, "원금은 만기에 한 번에"),
    ],
)
def test_the_guide_says_what_its_terms_mean(client, fund, method, grace, words):
    Product.objects.filter(pk=fund.product.pk).update(method=method, grace_instalments=grace)
    assertContains(client.get("/loans-guide/"), words)


def test_in_a_new_year_the_guide_keeps_terms_documents_and_calculator(client, fund):
    """The plan of the new year is not out yet: the last rate stands there, and says that it does."""
    product = fund.product
    ProductDocument.objects.create(product=product, code="tax", name="국세 납세증명")
    this = fund.fund_year.year
    FundYear.objects.filter(fund=product.fund).exclude(year=this - 1).update(year=F("year") - 20)
    FundYear.objects.filter(year=this - 1).update(source="작년 공고", annual_rate="0.015")
    response = client.get("/loans-guide/")
    for text in [
        product.fund.name,
        "원금균등",
        "국세 납세증명",
        "연 1.5%",
        f"{this}년 이율은 아직 없어요",
        "작년 공고",
        "올해 융자계획이 아직 발표되지 않았어요",
        f'action="{reverse("loan_calculator")}"',
    ]:
        assertContains(response, text)
    assertNotContains(client.get("/"), "올해 남은 융자 재원")


def test_a_fund_without_any_rate_says_so(client):
    product = ProductFactory(fund=FundFactory())
    response = client.get("/loans-guide/")
    assertContains(response, product.fund.name)
    assertContains(response, "아직 공고되지 않았어요")


def test_the_loan_guide_needs_the_same_queries_for_many_funds(client, fund):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(3):
        for n in range(number):
            other = FundFactory(code=f"f{number}{n}", prefix=f"{number}{n}", name=f"기금 {number}{n}")
            ProductFactory(fund=other, code=other.code, name=f"상품 {number}{n}")
        client.get("/loans-guide/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/loans-guide/")
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_stories_show_figures_with_year_and_source(client):
    story = factories.story("“한 줄이 바꿨다” 데모푸드", facts={"quote": "바꿨어요", "quote_by": "대표"})
    other = factories.story("다른 이야기")
    response = client.get(story.url)
    for text in ["18억원", "2025년, 기업 보고", "바꿨어요", "시연 자료", other.title]:
        assertContains(response, text)
    assertContains(client.get("/stories/"), story.url)


def test_story_services_change_the_page_that_is_there():
    first = factories.story("처음", slug="same")
    second = factories.story("나중", slug="same", figures=[])
    assert (second.pk, second.title, second.figures.count()) == (first.pk, "나중", 0)


def test_lists_are_paginated(client):
    for number in range(21):
        factories.news(f"공지 {number}")
    assertContains(client.get("/news/"), "?page=2")
    assertContains(client.get("/news/", {"page": 2}), "공지 ")
    assert client.get("/news/", {"page": "99"}).status_code == 200


def test_centres_show_their_rooms(client):
    centre = factories.centre()
    assertContains(client.get(centre.url), "보육실")
    assertContains(client.get("/centres/"), "청파로 77")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_meta_data_for_machines(client, settings, language):
    settings.SITE_URL = "https://example.kr"
    news = factories.news("새 소식", intro="무엇이 바뀌었는지 알려 드려요.")
    response = client.get(news.url, headers={"accept-language": language})
    assertContains(response, f'<link rel="canonical" href="https://example.kr{news.url}">', html=True)
    assertContains(response, '<meta property="og:type" content="article">', html=True)
    assertContains(response, 'content="무엇이 바뀌었는지 알려 드려요."')
