"""The fixed part of the site: the home page and one index per section."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail.search import index

from cms.models import (
    BasePage,
    CallIndexPage,
    CentreIndexPage,
    HomePage,
    LoanGuidePage,
    NewsIndexPage,
    ProgrammeIndexPage,
    ProgrammePage,
    StoryIndexPage,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A page that always exists, and the ones below it."""

    model: type[BasePage]
    slug: str
    title: str
    intro: str
    below: list["Section"] = field(default_factory=list)


HOME_TITLE = "용산 창업지원"
HOME_HERO = "한 능선씩, / 창업의 정상까지"
HOME_INTRO = (
    "공고 확인부터 신청, 평가, 멘토링, 융자와 상환까지. "
    "용산에서 시작하는 창업의 모든 단계를 한곳에서 진행하고 확인하세요."
)
SECTIONS = [
    Section(
        CallIndexPage, "calls", "모집공고", "지금 신청할 수 있는 공고와 곧 열릴 공고를 한곳에서 확인하세요."
    ),
    Section(
        ProgrammeIndexPage,
        "programmes",
        "창업 프로그램",
        "용산구가 운영하는 창업지원 프로그램이에요.",
        [
            Section(
                ProgrammePage,
                "good-partner",
                "용산 굿파트너",
                "서울창조경제혁신센터와 함께하는 용산구의 단계별 창업 마스터 프로그램이에요.",
            )
        ],
    ),
    Section(
        CentreIndexPage,
        "centres",
        "창업지원센터",
        "용산구의 창업 공간 두 곳을 소개해요. 위치와 공간 구성을 확인하세요.",
    ),
    Section(
        LoanGuidePage,
        "loans-guide",
        "융자지원",
        "두 기금의 융자 조건과 올해 남은 재원을 확인하고, 매달 얼마를 갚게 되는지 계산해 보세요.",
    ),
    Section(StoryIndexPage, "stories", "성공사례", "용산에서 시작해 자라난 기업들의 이야기예요."),
    Section(NewsIndexPage, "news", "소식", "창업지원 사업의 새 소식이에요."),
]


@transaction.atomic
def build_site() -> HomePage:
    """Make sure that the home page and all sections exist, and that the site starts there. Idempotent."""
    locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = HomePage.objects.first() or _build_home(locale)
    _point_site_to(home)
    for section in SECTIONS:
        _build(section, under=home)
    return home


def _build_home(locale: Locale) -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    root.get_children().filter(
        depth=2, content_type__model="page", content_type__app_label="wagtailcore"
    ).delete()
    root.refresh_from_db()
    home = HomePage(
        title=HOME_TITLE,
        slug="home",
        hero_title=HOME_HERO,
        intro=HOME_INTRO,
        locale=locale,
        show_in_menus=False,
    )
    root.add_child(instance=home)
    return home


def _point_site_to(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name=settings.WAGTAIL_SITE_NAME
        )
    elif site.root_page_id != home.pk:
        site.root_page = home
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()


def _build(section: Section, *, under: Page) -> None:
    page: Any = section.model.objects.child_of(under).filter(slug=section.slug).first()
    if page is None:
        page = section.model(title=section.title, slug=section.slug, intro=section.intro, show_in_menus=True)
        under.add_child(instance=page)
    else:
        index.insert_or_update_object(page)  # a migration may have made it, which tells no index
    for child in section.below:
        _build(child, under=page)
