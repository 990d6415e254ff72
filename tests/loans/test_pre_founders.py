"""Pre-founders may apply for the youth loan (조례 13, 규칙 4); the business is registered before the contract."""

from datetime import date

import pytest
from django.urls import reverse

from core.accounts.services import register_business, update_business
from core.accounts.worklist import todos_for
from core.errors import NotNow
from loans.models import ProductDocument
from loans.queries.readiness import documents_missing, documents_wanted, flaws_of
from loans.services.applications import start_application
from loans.services.contracts import prepare_loan
from tests.loans import factories as f

pytestmark = pytest.mark.django_db


def planned(owner):
    return register_business(
        by=owner,
        name="데모 예정 상점",
        registration_number=None,
        representative="홍길동",
        opened_on=date(2026, 12, 1),
        sector="음식점업",
        postcode="04390",
        address="서울특별시 용산구 청파로 77",
    )


def round_for(**product):
    return f.loan_round(product=f.product_with_conditions(code="pre", **product))


@pytest.fixture
def owner():
    return f.UserFactory()


def test_a_planned_business_applies_where_the_product_allows_it(client, owner):
    business = planned(owner)
    client.force_login(owner)
    open_round, closed_round = round_for(for_pre_founders=True), f.loan_round()
    form = client.get(reverse("loan_apply", args=[open_round.pk])).context["form"]
    assert business in form.fields["business"].queryset
    assert not client.get(reverse("loan_apply", args=[closed_round.pk])).context["has_business"]
    assert start_application(by=owner, loan_round=open_round, business=business)
    with pytest.raises(NotNow):
        start_application(by=owner, loan_round=closed_round, business=business)


def test_papers_that_only_a_registered_business_has_are_not_asked_for(owner):
    loan_round = round_for(for_pre_founders=True)
    registered = ProductDocument.AskedOf.REGISTERED
    companies = ProductDocument.AskedOf.COMPANIES
    for code, asked_of in (("registration", registered), ("articles", companies)):
        ProductDocument.objects.create(
            product=loan_round.product, code=code, name=code, asked_of=asked_of, order=9
        )
    application = start_application(by=owner, loan_round=loan_round, business=planned(owner))

    def wanted():
        return {row["wanted"].code for row in documents_wanted(application)}

    assert wanted() == {"tax"}
    assert {row.code for row in documents_missing(application)} == {"tax"}
    application.business.registration_number = f.registration_number(1)
    assert wanted() == {"tax", "registration"}
    application.business.kind = "company"
    assert wanted() == {"tax", "registration", "articles"}
    assert any("articles" in flaw.field for flaw in flaws_of(application))


def test_a_paper_that_is_not_asked_for_cannot_be_uploaded(client, owner):
    loan_round = round_for(for_pre_founders=True)
    ProductDocument.objects.create(
        product=loan_round.product, code="articles", name="정관", asked_of=ProductDocument.AskedOf.COMPANIES
    )
    application = start_application(by=owner, loan_round=loan_round, business=planned(owner))
    client.force_login(owner)
    url = reverse("loan_document_add", args=[application.pk])
    assert client.post(url, {"code": "articles"}).status_code == 404
    assert client.post(url, {"code": "tax"}).status_code == 422


def test_the_loan_is_prepared_once_the_business_is_registered(client, owner):
    business = planned(owner)
    application = f.application(
        "selected", round_=round_for(for_pre_founders=True), by=owner, business=business
    )
    finance = f.finance()
    with pytest.raises(NotNow):
        prepare_loan(by=finance, application=application)
    client.force_login(owner)
    to_business = reverse("business_edit", args=[business.pk])
    page = client.get(reverse("loan_application_status", args=[application.pk])).content.decode()
    assert to_business in page
    assert to_business in [todo.url for todo in todos_for(owner)]
    client.force_login(finance)
    prepare = reverse("loanapplication:act", args=[application.pk, "prepare"])
    assert (
        prepare not in client.get(reverse("loanapplication:inspect", args=[application.pk])).content.decode()
    )

    update_business(by=owner, business=business, registration_number=f.registration_number(5))
    assert prepare in client.get(reverse("loanapplication:inspect", args=[application.pk])).content.decode()
    assert prepare_loan(by=finance, application=application).business == business
    assert to_business not in [todo.url for todo in todos_for(owner)]
