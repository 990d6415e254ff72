"""Every form of the office that makes something new makes exactly one, and leads on to a page that is there.

A new add form without valid data in ``FORMS`` fails the test.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve, reverse

from core import clock
from core.accounts.roles import Role
from impact.models import Area, JobsPlan
from tests.contracts.urls import our_urls
from tests.core.accounts.factories import UserFactory
from tests.core.committees.factories import CommitteeFactory
from tests.incubator import factories as incubator
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db
ADD = ":add"


def draft_call():
    return incubator.CallFactory(published=False)


def plan():
    return JobsPlan.objects.create(year=2031, target_jobs=100)


def area():
    return Area.objects.create(plan=plan(), name="창업지원", order=1)


def moment(**later):
    return f"{clock.now() + timedelta(**later):%Y-%m-%d %H:%M}"


def day(**later):
    return (clock.today() + timedelta(**later)).isoformat()


PROGRAMME, FINANCE = Role.PROGRAMME_STAFF, Role.FINANCE_STAFF
SECRETARY, ADMINISTRATOR = Role.COMMITTEE_SECRETARY, Role.ADMINISTRATOR
FORMS = {
    # who fills it in, and what is typed over what the form proposes
    "arearesult": (
        PROGRAMME,
        lambda: {"area": area().pk, "quarter": 1, "target": 10, "achieved": 4, "as_of": day(), "source": "x"},
    ),
    "jobsplan": (PROGRAMME, lambda: {"year": 2032, "target_jobs": 100, "source": "공고"}),
    "area": (PROGRAMME, lambda: {"plan": plan().pk, "name": "창업지원", "order": 1}),
    "project": (PROGRAMME, lambda: {"plan": (at := area()).plan_id, "area": at.pk, "name": "창업아카데미"}),
    "incubator_calls": (
        PROGRAMME,
        lambda: {
            "programme": incubator.ProgrammeFactory().pk,
            "cohort_number": 9,
            "title": "9기",
            "slug": "gp-9",
            "code": "GP9",
            "opens_at": moment(days=1),
            "closes_at": moment(days=20),
            "places": 3,
        },
    ),
    "incubator_stages": (
        PROGRAMME,
        lambda: {
            "call": draft_call().pk,
            "order": 9,
            "name": "발표평가",
            "starts_on": day(days=30),
            "ends_on": day(days=31),
            "places": 2,
        },
    ),
    "incubator_programmes": (PROGRAMME, lambda: {"name": "새 사업", "slug": "new"}),
    "incubator_rubrics": (PROGRAMME, lambda: {"name": "새 평가표"}),
    "incubator_criteria": (
        PROGRAMME,
        lambda: {
            "rubric": incubator.RubricFactory(name="새 평가표").pk,
            "order": 9,
            "code": "new",
            "name": "새 항목",
            "weight": 10,
            "tie_order": 9,
        },
    ),
    "incubator_documents": (PROGRAMME, lambda: {"call": draft_call().pk, "name": "사업계획서"}),
    "incubator_questions": (
        PROGRAMME,
        lambda: {"call": draft_call().pk, "text": "용산구에 사시나요?", "explanation": "구민이 대상입니다."},
    ),
    "incubator_bonus_rules": (PROGRAMME, lambda: {"call": draft_call().pk, "name": "구민", "points": 1}),
    "incubator_agreement_texts": (PROGRAMME, lambda: {"call": draft_call().pk, "body": "협약합니다."}),
    "loans_rounds": (
        FINANCE,
        lambda: {
            "product": (product := loans.ProductFactory()).pk,
            "fund_year": loans.fund_years(product.fund).pk,
            "title": "2026년 융자계획",
            "opens_at": moment(days=1),
            "closes_at": moment(days=20),
            "plan_amount": 1_000_000_000,
        },
    ),
    "loans_funds": (
        FINANCE,
        lambda: {"code": "new", "name": "새 기금", "short_name": "새", "prefix": "N"},
    ),
    "loans_fund_years": (
        FINANCE,
        lambda: {
            "fund": loans.FundFactory().pk,
            "year": 2040,
            "plan_amount": 1_000_000_000,
            "annual_rate": "0.01",
        },
    ),
    "loans_products": (
        FINANCE,
        lambda: {
            "fund": loans.FundFactory().pk,
            "code": "new",
            "name": "새 상품",
            "limit": 50_000_000,
            "instalments": 60,
            "purposes": '["시설자금"]',
        },
    ),
    "loans_product_documents": (
        FINANCE,
        lambda: {"product": loans.ProductFactory().pk, "code": "new", "name": "납세증명"},
    ),
    "loans_eligibility_items": (
        FINANCE,
        lambda: {"product": loans.ProductFactory().pk, "label": "사업장이 용산구에 있음"},
    ),
    "consent_texts": (
        ADMINISTRATOR,
        lambda: {
            "purpose": "account",
            "kind": "marketing",
            "title": "소식",
            "body": "x",
            "effective_on": day(),
        },
    ),
    "committee_meetings": (
        SECRETARY,
        lambda: {"committee": CommitteeFactory().pk, "title": "제1차 회의", "starts_at": moment(days=9)},
    ),
    "committees": (SECRETARY, lambda: {"name": "운영위원회", "code": "centre"}),
    "calendar": (PROGRAMME, lambda: {"date": day(days=40), "name": "임시공휴일"}),
    "wagtailusers_users": (
        ADMINISTRATOR,
        lambda: {
            "email": "new@example.com",
            "name": "데모 직원",
            "password1": "a-long-pass-1",
            "password2": "a-long-pass-1",
        },
    ),
}


def add_forms():
    return sorted(name.removesuffix(ADD) for name in our_urls() if name.endswith(ADD))


def test_every_form_has_its_data():
    assert sorted(FORMS) == add_forms()


def proposed(form):
    """What the browser would post of a form that nobody typed into."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, []) and value is not False}


@pytest.mark.parametrize("name", add_forms())
def test_each_makes_one_and_leads_on(name):
    role, typed = FORMS[name]
    data, url = typed(), reverse(name + ADD)
    client = Client()
    client.force_login(UserFactory(roles=[role]))
    page = client.get(url)
    model = resolve(url).func.view_initkwargs["model"]
    before = model.objects.count()

    answer = client.post(url, proposed(page.context["form"]) | data)

    assert answer.status_code == 302, dict(answer.context["form"].errors)
    assert model.objects.count() == before + 1
    assert client.get(answer.url).status_code == 200
