"""Pages, made through the services that publish them."""

from datetime import date
from itertools import count

from cms.services import pages

_number = count(1)


def story(title="데모 이야기", *, publish=True, **fields):
    facts = {
        "business_name": "데모 주식회사",
        "programme": "굿파트너 1기",
        "told_on": date(2026, 10, 1),
        "is_demo": True,
        **fields.pop("facts", {}),
    }
    figures = fields.pop(
        "figures", [{"label": "매출", "value": "18억원", "year": 2025, "source": "기업 보고"}]
    )
    make = pages.publish_story if publish else pages.draft_story
    slug = fields.pop("slug", f"story-{next(_number)}")
    body = fields.pop("body", [("paragraph", "<p>두 사람이 시작했어요.</p>")])
    return make(slug=slug, title=title, facts=facts, figures=figures, body=body, **fields)


def news(
    title="설명회를 열어요",
    *,
    text="누구나 올 수 있어요.",
    dated=date(2026, 11, 1),
    intro="알려 드려요.",
    slug="",
):
    return pages.publish_news(
        slug=slug or f"news-{next(_number)}",
        title=title,
        dated=dated,
        intro=intro,
        body=[("paragraph", f"<p>{text}</p>")],
    )


def centre(title="용산구 창업지원센터"):
    return pages.publish_centre(
        slug=f"centre-{next(_number)}",
        title=title,
        facts={"address": "서울특별시 용산구 청파로 77", "intro": "보육 공간이에요."},
        rooms=[{"name": "보육실", "count": 5}],
    )
