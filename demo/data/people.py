"""The demo's people. Every address ends in ``@demo.example``; every name says that it is a demo."""

from dataclasses import dataclass, field
from datetime import date

from core.accounts.roles import Role

DOMAIN = "demo.example"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody the demo can sign in as."""

    login: str
    name: str
    roles: tuple[Role, ...] = ()
    birth_date: date = date(1994, 3, 15)
    resident_since: date | None = date(2019, 5, 2)
    phone: str = "010-0000-0000"
    business: "Firm | None" = field(default=None)

    @property
    def email(self) -> str:
        return f"{self.login}@{DOMAIN}" if "@" not in self.login else f"{self.login}.{DOMAIN}"


@dataclass(frozen=True, kw_only=True)
class Firm:
    """An invented business. ``serial`` are its first nine digits; the check digit is computed."""

    name: str
    serial: str
    sector: str
    opened_on: date
    is_micro: bool = False
    is_company: bool = False
    address_detail: str = "2층"


STAFF = (
    Person(login="staff", name="데모 사업담당", roles=(Role.PROGRAMME_STAFF,)),
    Person(login="finance", name="데모 융자담당", roles=(Role.FINANCE_STAFF,)),
    Person(login="approver", name="데모 융자팀장", roles=(Role.FINANCE_APPROVER,)),
    Person(login="secretary", name="데모 위원회간사", roles=(Role.COMMITTEE_SECRETARY,)),
    Person(login="editor", name="데모 홍보담당", roles=(Role.EDITOR,)),
    Person(login="auditor", name="데모 감사담당", roles=(Role.AUDITOR,)),
    Person(login="admin", name="데모 관리자", roles=(Role.ADMINISTRATOR,)),
)
MENTORS = tuple(
    Person(login=f"mentor{number}", name=f"데모 멘토 {number}", roles=(Role.MENTOR,))
    for number in range(1, 6)
)
NEWCOMER = Person(login="applicant", name="데모 신청인")
FOUNDER = Person(
    login="founder",
    name="데모 창업자",
    business=Firm(
        name="데모푸드 주식회사",
        serial="106880012",
        sector="식품 제조",
        opened_on=date(2023, 4, 3),
        is_company=True,
    ),
)
FOUNDERS = (
    FOUNDER,
    Person(
        login="founder2",
        name="데모 대표 이",
        business=Firm(
            name="데모공방", serial="106220034", sector="공예", opened_on=date(2022, 9, 1), is_micro=True
        ),
    ),
    Person(
        login="founder3",
        name="데모 대표 박",
        business=Firm(
            name="데모소프트 주식회사",
            serial="106880056",
            sector="소프트웨어 개발",
            opened_on=date(2021, 2, 15),
            is_company=True,
        ),
    ),
    Person(
        login="founder4",
        name="데모 대표 최",
        business=Firm(
            name="데모정밀 주식회사",
            serial="106810078",
            sector="정밀기기 제조",
            opened_on=date(2019, 6, 10),
            is_company=True,
        ),
    ),
    Person(
        login="founder5",
        name="데모 대표 정",
        business=Firm(
            name="데모책방", serial="106220091", sector="서적 소매", opened_on=date(2023, 1, 9), is_micro=True
        ),
    ),
    Person(
        login="founder6",
        name="데모 대표 한",
        business=Firm(
            name="데모로컬브랜드연구소 협동조합 이태원지점",
            serial="106820013",
            sector="지역 브랜드 기획",
            opened_on=date(2022, 3, 21),
            is_company=True,
        ),
    ),
)
EVERYBODY = (*STAFF, *MENTORS, NEWCOMER, *FOUNDERS)
