"""The home page and one page per section, so that a fresh site is ours from the first request."""

import uuid

from django.conf import settings
from django.db import migrations
from django.utils import timezone

HOME = (
    "homepage",
    "home",
    "용산 창업지원",
    {
        "hero_title": "한 능선씩, / 창업의 정상까지",
        "intro": "공고 확인부터 신청, 평가, 멘토링, 융자와 상환까지. 용산에서 시작하는 창업의 모든 단계를 한곳에서 진행하고 확인하세요.",
    },
)
SECTIONS = [
    ("callindexpage", "calls", "모집공고", "지금 신청할 수 있는 공고와 곧 열릴 공고를 한곳에서 확인하세요.", []),
    (
        "programmeindexpage",
        "programmes",
        "창업 프로그램",
        "용산구가 운영하는 창업지원 프로그램이에요.",
        [
            (
                "programmepage",
                "good-partner",
                "용산 굿파트너",
                "서울창조경제혁신센터와 함께하는 용산구의 단계별 창업 마스터 프로그램이에요.",
                [],
            )
        ],
    ),
    (
        "centreindexpage",
        "centres",
        "창업지원센터",
        "용산구의 창업 공간 두 곳을 소개해요. 위치와 공간 구성을 확인하세요.",
        [],
    ),
    (
        "loanguidepage",
        "loans-guide",
        "융자지원",
        "두 기금의 융자 조건과 올해 남은 재원을 확인하고, 매달 얼마를 갚게 되는지 계산해 보세요.",
        [],
    ),
    ("storyindexpage", "stories", "성공사례", "용산에서 시작해 자라난 기업들의 이야기예요.", []),
    ("newsindexpage", "news", "소식", "창업지원 사업의 새 소식이에요.", []),
]
STEP = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def build(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return
    locale = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).first() or Locale.objects.create(
        language_code=settings.LANGUAGE_CODE
    )
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page")
    Site.objects.filter(root_page__in=welcome).delete()
    for page in welcome:
        Page.objects.filter(path__startswith=page.path).delete()
        root.numchild -= 1
    model, slug, title, fields = HOME
    home = _add(apps, root, locale, model, slug, title, **fields)
    for section in SECTIONS:
        _add_section(apps, home, locale, section)
    Site.objects.create(
        hostname="localhost", is_default_site=True, root_page_id=home.pk, site_name=settings.WAGTAIL_SITE_NAME
    )


def tear_down(apps, schema_editor):
    """Take the tree away and put Wagtail's own first page back."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    homes = list(Page.objects.filter(content_type__app_label="cms", content_type__model="homepage"))
    Site.objects.filter(root_page__in=homes).delete()
    for home in homes:
        Page.objects.filter(path__startswith=home.path).delete()
    root = Page.objects.get(depth=1)
    root.numchild = Page.objects.filter(depth=2).count()
    root.save()
    if root.numchild == 0:
        kind, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
        page = _insert(Page, root, Locale.objects.first(), kind, "home", "Welcome to your new Wagtail site!")
        Site.objects.create(hostname="localhost", is_default_site=True, root_page_id=page.pk)


def _add_section(apps, parent, locale, section):
    model, slug, title, intro, below = section
    page = _add(apps, parent, locale, model, slug, title, intro=intro, show_in_menus=True)
    for child in below:
        _add_section(apps, page, locale, child)


def _add(apps, parent, locale, model, slug, title, **fields):
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="cms", model=model)
    return _insert(apps.get_model("cms", model), parent, locale, kind, slug, title, **fields)


def _insert(model, parent, locale, kind, slug, title, **fields):
    parent.numchild += 1
    now = timezone.now()
    page = model.objects.create(
        path=parent.path + _base36(_next_step(model, parent)),
        depth=parent.depth + 1,
        numchild=0,
        title=title,
        draft_title=title,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        content_type_id=kind.pk,
        locale_id=locale.pk,
        translation_key=uuid.uuid4(),
        live=True,
        first_published_at=now,
        last_published_at=now,
        **fields,
    )
    parent.save()
    return page


def _next_step(model, parent):
    pages = model._meta.apps.get_model("wagtailcore", "Page").objects
    last = pages.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("-path").first()
    return int(last.path[-STEP:], 36) + 1 if last else 1


def _base36(number):
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits.rjust(STEP, "0")


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(build, tear_down)]
