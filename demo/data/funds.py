"""The district's two loan funds with their real terms; what is not known is a value for the demo, and says so."""

from decimal import Decimal
from typing import Any, NamedTuple

from loans.models import EligibilityItem, Fund, FundYear, Product, ProductDocument

DEMO_PLAN = 2_000_000_000
"""No plan of these years is known. The platform needs one to select by; the public isn't shown it."""

FUNDS: dict[str, dict[str, Any]] = {
    "youth": {
        "name": "일자리기금 청년기업 융자",
        "short_name": "청년",
        "prefix": "Y",
        "ordinance": "일자리기금 조례 제13조, 규칙 제4조·제8조",
    },
    "sme": {
        "name": "중소기업육성기금 융자",
        "short_name": "중소",
        "prefix": "S",
        "ordinance": "중소기업육성기금 규칙 제4조·제9조",
    },
}

RATES: dict[str, dict[int, str]] = {
    "youth": {2020: "0.012", 2021: "0.008", 2023: "0.008", 2025: "0.015", 2026: "0.010"},
    "sme": {2022: "0.008"},
}
USUAL_RATES = {"sme": "0.015"}
"""What a year without a known rate gets; the youth loan repeats the last known one instead."""
PLANS: dict[str, dict[int, int]] = {"youth": {2020: 2_000_000_000, 2026: 2_000_000_000}, "sme": {}}

PRODUCTS: dict[str, dict[str, Any]] = {
    "youth": {
        "name": "청년기업 융자",
        "summary": "용산에 사는 청년이 용산에서 사업을 시작하고 이어 갈 수 있도록 빌려드립니다.",
        "who": "용산구에 6개월 이상 거주\n만 39세 이하\n용산구에 사업자등록을 했거나 할 예정(예비창업자 포함)",
        "excluded": "창업지원법 시행령 제4조의 제외 업종\n공서양속에 반하는 업종",
        "limit": 100_000_000,
        "micro_limit": 50_000_000,
        "purposes": ["경영안정자금", "시설자금", "임차보증금"],
        "instalments": 60,
        "grace_instalments": 12,
        "frequency": "monthly",
        "for_pre_founders": True,
    },
    "sme": {
        "name": "중소기업육성기금 융자",
        "summary": "용산에 주사무소를 둔 중소기업의 운전·시설·기술개발 자금을 빌려드립니다.",
        "who": "용산구에 주사무소와 사업자등록을 둔 중소기업",
        "excluded": "유흥·향락업\n금융·보험·부동산업(부동산 서비스업 제외)\n도박·사치 업종",
        "limit": 300_000_000,
        "micro_limit": 100_000_000,
        "purposes": ["운전자금", "시설자금", "기술개발자금"],
        "instalments": 20,
        "grace_instalments": 8,
        "frequency": "quarterly",
        "servicing": Product.Servicing.BANK,
    },
}


class Paper(NamedTuple):
    """A document that is usual for an application. ``help_text`` by fund where the two differ."""

    code: str
    name: str
    help_text: str | dict[str, str] = ""
    required: bool = True
    asked_of: str = ProductDocument.AskedOf.EVERYBODY

    def help_for(self, fund: str) -> str:
        return self.help_text if isinstance(self.help_text, str) else self.help_text[fund]


REGISTERED, COMPANIES = ProductDocument.AskedOf.REGISTERED, ProductDocument.AskedOf.COMPANIES
DOCUMENTS = (
    Paper(
        "business-registration",
        "사업자등록증명",
        {
            "youth": "홈택스에서 내려받을 수 있어요. 예비창업자는 내지 않고, 선정된 뒤에 등록번호를 적어요.",
            "sme": "홈택스에서 내려받을 수 있어요.",
        },
        asked_of=REGISTERED,
    ),
    Paper("identity", "신분증", "주민등록번호 뒷자리를 가린 것만 올려 주세요."),
    Paper("resident-abstract", "주민등록초본", "주민등록번호 뒷자리를 가린 것만 올려 주세요."),
    Paper("tax-clearance", "국세·지방세 납세증명", "가장 최근에 발급한 것으로 올려 주세요."),
    Paper("bank-confirmation", "금융거래확인서", "거래하는 은행에서 받을 수 있어요."),
    Paper(
        "financials",
        "3년간 부가세과세표준증명 또는 재무제표",
        "3년이 안 되었다면 있는 만큼만 올려 주세요.",
        required=False,
        asked_of=REGISTERED,
    ),
    Paper("income", "소득금액증명", "신고한 소득이 있으면 올려 주세요.", required=False),
    Paper(
        "lease",
        "임대차계약서",
        {
            "youth": "임차보증금을 신청하거나 사업장을 빌려 쓰고 있다면 올려 주세요.",
            "sme": "사업장을 빌려 쓰고 있다면 올려 주세요.",
        },
        required=False,
    ),
    Paper("guarantee", "신용보증서 또는 부동산 등기부", "이미 받으셨다면 올려 주세요.", required=False),
    Paper("company-seal", "법인인감증명", asked_of=COMPANIES),
    Paper("company-register", "법인등기부", asked_of=COMPANIES),
    Paper("shareholders", "주주명부", asked_of=COMPANIES),
    Paper("articles", "정관", asked_of=COMPANIES),
)

HINT = EligibilityItem.Hint
ELIGIBILITY: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "youth": (
        ("만 39세 이하예요", "조례 제13조, 규칙 제4조", HINT.AGE, "39"),
        ("용산구에 6개월 이상 살고 있어요", "조례 제13조, 규칙 제4조", HINT.RESIDENCE, "6"),
        ("사업장이 용산구에 있거나 있을 예정이에요", "조례 제13조, 규칙 제4조", HINT.ADDRESS, "용산구"),
        ("한도 안의 금액이에요", "규칙 제8조 제1항", HINT.AMOUNT, ""),
        ("제외 업종이 아니에요", "", HINT.NONE, ""),
        ("필요한 서류를 모두 냈어요", "공고", HINT.DOCUMENTS, ""),
    ),
    "sme": (
        ("주사무소와 사업자등록이 용산구에 있어요", "규칙 제4조", HINT.ADDRESS, "용산구"),
        ("한도 안의 금액이에요", "규칙 제9조 제1항", HINT.AMOUNT, ""),
        ("제외 업종이 아니에요", "", HINT.NONE, ""),
        ("필요한 서류를 모두 냈어요", "공고", HINT.DOCUMENTS, ""),
    ),
}


def load_funds(*, this_year: int) -> dict[str, Product]:
    """Create the funds, their fiscal years from 2020 to this one, and their products. Returns products by fund."""
    products = {}
    for code, facts in FUNDS.items():
        fund, _created = Fund.objects.update_or_create(code=code, defaults=facts)
        _load_years(fund, this_year)
        products[code] = _load_product(fund)
    return products


def _load_years(fund: Fund, this_year: int) -> None:
    """Published rates as they are; a year without one gets a value of the demo."""
    known, plans, usual = RATES[fund.code], PLANS[fund.code], USUAL_RATES.get(fund.code)
    rate = known[min(known)]
    for year in range(2020, this_year + 1):
        rate = known.get(year, usual or rate)
        FundYear.objects.get_or_create(
            fund=fund,
            year=year,
            defaults={
                "plan_amount": plans.get(year, DEMO_PLAN),
                "annual_rate": Decimal(rate),
                "source": f"{year}년 융자계획 보도" if year in known and year in plans else "",
            },
        )


def _load_product(fund: Fund) -> Product:
    facts = PRODUCTS[fund.code]
    product, created = Product.objects.get_or_create(code=fund.code, defaults={"fund": fund, **facts})
    if created:
        for order, paper in enumerate(DOCUMENTS):
            ProductDocument.objects.create(
                product=product,
                order=order,
                code=paper.code,
                name=paper.name,
                help_text=paper.help_for(fund.code),
                required=paper.required,
                asked_of=paper.asked_of,
            )
        for order, (label, source, hint, parameter) in enumerate(ELIGIBILITY[fund.code]):
            EligibilityItem.objects.create(
                product=product, order=order, label=label, source=source, hint=hint, parameter=parameter
            )
    return product
