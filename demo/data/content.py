"""The public pages: what the district says of its programme and centres, and stories that are marked as demo."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Site

from cms.models import ContactSettings
from cms.services.pages import (
    publish_call_page,
    publish_centre,
    publish_news,
    publish_programme_page,
    publish_standard_page,
    publish_story,
)
from cms.services.site_tree import build_site
from core.accounts.models import User
from demo.data.papers import pdf
from incubator.models import Call, Programme
from incubator.queries.public import businesses_taking_part

CALL_BODY: list[tuple[str, Any]] = [
    ("heading", "이런 팀을 찾아요"),
    (
        "paragraph",
        (
            "<p>용산에서 문제를 발견하고 해법을 만들고 있는 팀이라면 누구나 신청할 수 있어요. "
            "아이디어만 있는 예비창업자도 괜찮아요.</p>"
        ),
    ),
    (
        "steps",
        {
            "title": "신청부터 협약까지",
            "steps": [
                {
                    "title": "자격 확인과 신청",
                    "text": "쓰는 동안 자동으로 저장돼요. 접수번호를 받아야 제출이 끝나요.",
                },
                {"title": "서류평가", "text": "평가위원은 이름과 소속을 가린 계획서만 읽어요."},
                {"title": "발표평가", "text": "정해진 순서대로 발표하고 질문을 받아요."},
                {"title": "운영위원회 심의와 협약", "text": "결과는 여기와 메일로 알려드려요."},
            ],
        },
    ),
    (
        "callout",
        {
            "kind": "warning",
            "title": "주민등록번호는 가려서 올려 주세요",
            "text": "<p>번호가 보이는 서류는 받지 않아요. 뒷자리를 가린 뒤 올려 주세요.</p>",
        },
    ),
    (
        "faq",
        {
            "title": "자주 묻는 질문",
            "questions": [
                {
                    "question": "사업자등록 전에도 신청할 수 있나요?",
                    "answer": "<p>네. 예비창업자로 신청하고, 선정된 뒤에 등록하면 돼요.</p>",
                },
                {
                    "question": "작성하던 신청서가 사라지지 않나요?",
                    "answer": "<p>마감 뒤에도 지우지 않고 그대로 둡니다.</p>",
                },
            ],
        },
    ),
]
COURSE_BODY: list[tuple[str, Any]] = [
    ("heading", "이런 분께 권해요"),
    ("paragraph", "<p>창업을 준비하거나 이제 시작한 분이 함께 배우는 자리예요.</p>"),
    (
        "steps",
        {
            "title": "신청부터 수강까지",
            "steps": [
                {"title": "신청", "text": "쓰는 동안 자동으로 저장돼요. 접수번호를 받아야 신청이 끝나요."},
                {"title": "수강생 확정", "text": "결과는 여기와 메일로 알려드려요."},
            ],
        },
    ),
]
CENTRES: tuple[dict[str, Any], ...] = (
    {
        "slug": "startup-centre",
        "title": "용산구 창업지원센터",
        "facts": {"address": "서울특별시 용산구 청파로 77", "intro": "보육실 5실을 갖춘 창업 공간이에요."},
        "rooms": [{"name": "보육실", "count": 5, "unit": "실"}],
    },
    {
        "slug": "youth-startup-centre",
        "title": "용산 청년창업지원센터",
        "facts": {
            "address": "서울특별시 용산구 서빙고로 17",
            "intro": "2인실과 4인실, 열린 자리까지 갖춘 청년 창업 공간이에요.",
        },
        "rooms": [
            {"name": "2인실", "count": 10, "unit": "실", "people": 2},
            {"name": "4인실", "count": 7, "unit": "실", "people": 4},
            {"name": "열린 자리", "count": 11, "unit": "석"},
        ],
    },
)
STORIES: tuple[dict[str, Any], ...] = (
    {
        "slug": "demo-food",
        "serial_login": "founder",
        "title": "“심사평 한 줄이 제품을 바꿨습니다” 데모푸드, 2년 만에 직원 14명",
        "facts": {
            "business_name": "데모푸드 주식회사",
            "programme": "굿파트너 1기",
            "sector": "식품",
            "quote": "심사평 한 줄이 제품을 바꿨습니다.",
            "quote_by": "데모푸드 대표",
            "colour": "blue",
            "intro": "버려지던 급식 식재료로 소스를 만드는 팀의 이야기예요.",
        },
        "figures": [("매출", "18억원", "기업 보고"), ("고용", "14명", "기업 보고")],
    },
    {
        "slug": "demo-atelier",
        "serial_login": "founder2",
        "title": "임차보증금 융자로 문을 연 데모공방",
        "facts": {
            "business_name": "데모공방",
            "programme": "청년기업 융자",
            "sector": "공예",
            "quote": "보증금이 가장 큰 벽이었어요.",
            "quote_by": "데모공방 대표",
            "colour": "green",
            "intro": "융자로 작업실을 얻고 일정보다 먼저 갚은 공방의 이야기예요.",
        },
        "figures": [("융자", "3,000만원", "융자 원장")],
    },
    {
        "slug": "demo-soft",
        "serial_login": "founder3",
        "title": "2인실에서 시작해 투자를 받기까지, 데모소프트",
        "facts": {
            "business_name": "데모소프트 주식회사",
            "programme": "입주기업",
            "sector": "소프트웨어",
            "quote": "옆방의 조언이 첫 고객이 됐습니다.",
            "quote_by": "데모소프트 대표",
            "colour": "amber",
            "intro": "창업지원센터의 2인실에서 시작한 팀의 이야기예요.",
        },
        "figures": [("투자", "32억원", "기업 보고")],
    },
)
STORY_BODY: list[tuple[str, Any]] = [
    ("heading", "시작"),
    (
        "paragraph",
        (
            "<p>처음에는 아이디어 하나뿐이었어요. 창업지원센터의 문을 두드리고, 사업계획서를 쓰고, "
            "평가위원의 질문에 답하면서 무엇을 먼저 해야 하는지 알게 됐어요.</p>"
        ),
    ),
    ("heading", "지금"),
    ("paragraph", "<p>용산에서 함께 일할 사람을 찾고 있어요. 이 이야기는 시연을 위해 지어낸 것이에요.</p>"),
]
PRIVACY: list[tuple[str, Any]] = [
    ("heading", "무엇을 모으나요"),
    (
        "paragraph",
        "<p>이름, 전자우편, 연락처, 생년월일과 신청서에 쓰신 내용을 모아요. 주민등록번호는 받지 않아요.</p>",
    ),
    ("heading", "누구에게 넘기나요"),
    ("paragraph", "<p>따로 동의하신 경우에만 수탁금융기관과 협력 기관에 넘겨요.</p>"),
    ("heading", "언제 지우나요"),
    (
        "paragraph",
        (
            "<p>‘내 정보’에서 언제든 탈퇴할 수 있어요. 남겨야 할 기록이 없으면 바로 지우고, "
            "있으면 무엇을 왜 남기는지 알려드려요.</p>"
        ),
    ),
]


def load_content(
    *, calls: Mapping[str, Call], people: Mapping[str, User], publisher: User, today: date
) -> None:
    """All pages, filled and live."""
    home = build_site()
    site = Site.objects.get(root_page=home)
    contact = ContactSettings.for_site(site)
    contact.office = "용산구 창업지원 담당(시연)"
    contact.email = "office@demo.example"
    contact.loan_desk_address = "서울특별시 용산구 녹사평대로 150"
    contact.save()
    for call in calls.values():
        publish_call_page(
            call=call,
            body=COURSE_BODY if call.programme.slug == "academy" else CALL_BODY,
            intro=_call_intro(call),
            attachments=[_announcement(publisher)],
            is_demo=True,
            by=publisher,
        )
    publish_programme_page(
        slug="good-partner",
        programme=Programme.objects.get(slug="good-partner"),
        intro="서울창조경제혁신센터와 함께하는 용산구의 단계별 창업 마스터 프로그램이에요.",
        body=[
            ("heading", "한 능선씩 올라가요"),
            (
                "paragraph",
                (
                    "<p>단계마다 무엇을 준비하고 언제 결과가 나오는지 미리 알려드려요. "
                    "단계와 평가 기준은 공고마다 정하며, 아래의 공고에서 확인할 수 있어요.</p>"
                ),
            ),
        ],
        by=publisher,
    )
    for centre in CENTRES:
        publish_centre(**centre, by=publisher)
    for story in STORIES:
        _publish_story(story, people, publisher, today)
    publish_news(
        slug="winter-academy",
        title="창업아카데미 겨울학기를 준비하고 있어요",
        dated=today - timedelta(days=3),
        intro="곧 수강생을 모집해요. ‘내 정보’에서 소식 받기를 켜면 공고가 나올 때 메일로 알려드려요.",
        body=[("paragraph", "<p>일정과 과목은 공고에서 알려드려요.</p>")],
        is_demo=True,
        by=publisher,
    )
    publish_standard_page(
        slug="privacy", title="개인정보 처리방침", intro="시연용 안내문이에요.", body=PRIVACY, by=publisher
    )


def _announcement(uploader: User) -> Document:
    """The announcement to download: one file for all calls of the demo."""
    title = "모집공고문(데모)"
    if found := Document.objects.filter(title=title).first():
        return found
    file = ContentFile(pdf(), name="demo-announcement.pdf")
    return Document.objects.create(title=title, file=file, uploaded_by_user=uploader)


def _call_intro(call: Call) -> str:
    return call.programme.summary


def _publish_story(
    story: Mapping[str, Any], people: Mapping[str, User], publisher: User, today: date
) -> None:
    founder = people[story["serial_login"]]
    business = businesses_taking_part().filter(memberships__user=founder).first()
    publish_story(
        slug=story["slug"],
        title=story["title"],
        facts={**story["facts"], "is_demo": True, "told_on": today - timedelta(days=40)},
        figures=[
            {"label": label, "value": value, "year": today.year - 1, "source": source}
            for label, value, source in story["figures"]
        ],
        body=STORY_BODY,
        business=business,
        by=publisher,
    )
