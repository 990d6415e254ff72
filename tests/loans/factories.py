"""Funds, applications and loans in every state, each reached through the services."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import factory
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.accounts.models import Business, Membership, User
from core.accounts.roles import Role
from core.committees.models import Committee
from core.documents.services import store_document
from core.workflow.actors import SYSTEM
from core.workflow.perform import lock
from loans.models import (
    EligibilityItem,
    Fund,
    FundYear,
    LedgerEntry,
    Loan,
    LoanApplication,
    LoanRound,
    Product,
    ProductDocument,
)
from loans.services.applications import save_application, start_application, submit_application
from loans.services.contracts import prepare_loan
from loans.services.decisions import decide_application
from loans.services.disbursement import approve_loan, disburse_loan
from loans.services.ledger import reverse_on
from loans.services.repayments import post_payment
from loans.services.rounds import publish_round
from loans.services.screening import Finding, confirm_eligible, record_checks

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LONG_ENOUGH = "매장 설비와 재료를 사고 직원 두 명을 더 뽑아 매출을 두 배로 늘립니다."


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"loans{n}@example.com")
    name = factory.Sequence(lambda n: f"데모채무자{n}")
    birth_date = date(1995, 5, 20)
    resident_since = date(2020, 1, 1)

    @factory.post_generation
    def role(self, create: bool, role: Role | None, **_: Any) -> None:
        if role:
            self.groups.add(Group.objects.get(name=role))


def finance() -> User:
    return UserFactory(role=Role.FINANCE_STAFF)


def approver() -> User:
    return UserFactory(role=Role.FINANCE_APPROVER)


def secretary() -> User:
    return UserFactory(role=Role.COMMITTEE_SECRETARY)


def registration_number(n: int) -> str:
    """The n-th valid business registration number."""
    first = f"{100_000_000 + n:09}"
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    total = sum(int(d) * w for d, w in zip(first, weights, strict=True)) + int(first[8]) * 5 // 10
    return f"{first}{(10 - total % 10) % 10}"


class BusinessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Business
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"데모상점{n}")
    registration_number = factory.Sequence(registration_number)
    representative = "데모대표"
    opened_on = date(2024, 3, 1)
    sector = "음식점업"
    postcode = "04390"
    address = "서울특별시 용산구 녹사평대로 150"

    @factory.post_generation
    def owner(self, create: bool, owner: User | None, **_: Any) -> None:
        if owner:
            Membership.objects.create(business=self, user=owner, part="owner")


def fund_committee() -> Committee:
    """The one that decides about the fund."""
    return Committee.objects.get_or_create(code="fund", defaults={"name": "기금운용심의위원회"})[0]


class FundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Fund
        django_get_or_create = ("code",)

    code = "youth"
    committee = factory.LazyFunction(fund_committee)
    name = "일자리기금 청년기업 융자"
    short_name = "청년"
    prefix = "Y"


def fund_years(fund: Fund, plan: int = 2_000_000_000, rate: str = "0.01") -> FundYear:
    """The years that the stories play in; returns this one."""
    this = clock.today().year
    for year in range(this - 6, this + 2):
        FundYear.objects.get_or_create(
            fund=fund, year=year, defaults={"plan_amount": plan, "annual_rate": Decimal(rate)}
        )
    return FundYear.objects.get(fund=fund, year=this)


class ProductFactory(factory.django.DjangoModelFactory):
    """청년기업 융자: a year's grace, four years of equal principal, monthly."""

    class Meta:
        model = Product
        django_get_or_create = ("code",)

    fund = factory.SubFactory(FundFactory)
    code = "youth"
    name = "청년기업 융자"
    minimum = 10_000_000
    limit = 100_000_000
    micro_limit = 50_000_000
    purposes = ["경영안정자금", "시설자금", "임차보증금"]
    instalments = 60
    grace_instalments = 12


def product_with_conditions(**fields: Any) -> Product:
    """A product with one document and two conditions."""
    product = ProductFactory(**fields)
    ProductDocument.objects.get_or_create(product=product, code="tax", defaults={"name": "납세증명"})
    for order, (label, hint, parameter) in enumerate(
        [("만 39세 이하", "age", "39"), ("사업장이 용산구에 있음", "address", "용산구")]
    ):
        EligibilityItem.objects.get_or_create(
            product=product, label=label, defaults={"order": order, "hint": hint, "parameter": parameter}
        )
    return product


def loan_round(
    *, product: Product | None = None, plan: int = 2_000_000_000, published: bool = True
) -> LoanRound:
    """A round that opened yesterday and closes in two weeks."""
    product = product or product_with_conditions()
    now = clock.now()
    row = LoanRound.objects.create(
        fund_year=fund_years(product.fund),
        product=product,
        title="2026년 청년기업 융자",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=14),
        plan_amount=plan,
    )
    return publish_round(by=finance(), loan_round=row) if published else row


def application(
    state: str = "draft",
    *,
    round_: LoanRound | None = None,
    by: User | None = None,
    business: Business | None = None,
    amount: int = 50_000_000,
    product: Product | None = None,
) -> LoanApplication:
    """An application that has come as far as ``state``: draft, submitted, eligible, selected or reserve."""
    round_ = round_ or loan_round(product=product)
    by = by or UserFactory()
    business = business or BusinessFactory(owner=by)
    row = start_application(by=by, loan_round=round_, business=business)
    save_application(
        by=by,
        application=row,
        values={
            "amount": amount,
            "purpose": round_.product.purposes[0],
            "plan": LONG_ENOUGH,
            "repayment_plan": LONG_ENOUGH,
        },
    )
    for wanted in round_.product.documents.all():
        upload = SimpleUploadedFile("증명.pdf", PDF, "application/pdf")
        store_document(by=by, owner=row, kind=wanted.kind, upload=upload)
    row.refresh_from_db()
    if state == "draft":
        return row
    row = submit_application(by=by, application=row)
    if state == "submitted":
        return row
    staff = finance()
    findings = [Finding(item, True) for item in round_.product.eligibility_items.all()]
    record_checks(by=staff, application=row, findings=findings)
    row = confirm_eligible(by=staff, application=row)
    if state == "eligible":
        return row
    row = decide_application(by=secretary(), application=row, approved=True)
    assert row.state == state
    return row


@dataclass
class Office:
    """The people a loan needs."""

    preparer: User = field(default_factory=finance)
    approver: User = field(default_factory=approver)
    payer: User = field(default_factory=finance)


def loan(
    state: str = "active",
    *,
    office: Office | None = None,
    on: date | None = None,
    due_day: int | None = None,
    **fields: Any,
) -> Loan:
    """A loan that has come as far as ``state``: prepared, approved, active or repaid."""
    office = office or Office()
    row = prepare_loan(
        by=office.preparer, application=application("selected", **fields), planned_on=on, due_day=due_day
    )
    if state == "prepared":
        return row
    row = approve_loan(by=office.approver, loan=row)
    if state == "approved":
        return row
    row = disburse_loan(by=office.payer, loan=row, on=on)
    if state == "repaid":
        pay(row, row.principal)
        row.refresh_from_db()
    assert row.state == state
    return row


def pay(row: Loan, amount: int, on: date | None = None, key: str = "") -> LedgerEntry:
    """Money that arrives, today unless said otherwise."""
    return post_payment(
        by=SYSTEM,
        loan=row,
        amount=amount,
        received_on=on or clock.today(),
        source="bank",
        payment_key=key or uuid4().hex,
    )


def noon(day: str) -> datetime:
    """Midday in Seoul, for the clock of a story."""
    return datetime.fromisoformat(f"{day}T12:00:00+09:00")


def take_back(entry: LedgerEntry, *, reason: str) -> LedgerEntry:
    """The reversal of an entry of any kind."""
    return reverse_on(lock(entry.loan), entry, by=finance(), reason=reason)
