"""What is announced does not change under those who apply: rounds, and the documents and conditions they ask."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.errors import NotAllowed, NotNow, Stale
from loans.models import EligibilityItem, LoanRound, ProductDocument
from loans.services.rounds import change_round, close_round
from loans.services.setup import add_part, change_part, delete_part
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office(client):
    client.force_login(f.finance())
    return client


def posted(row, **changes):
    moments = {
        name: timezone.localtime(getattr(row, name)).strftime("%Y-%m-%d %H:%M:%S")
        for name in ("opens_at", "closes_at")
    }
    return {
        "fund_year": row.fund_year_id,
        "product": row.product_id,
        "title": row.title,
        "plan_amount": row.plan_amount,
        "notice": row.notice,
        "version": row.version,
    } | (moments | changes)


def edit(client, row, **changes):
    return client.post(reverse("loans_rounds:edit", args=[row.pk]), posted(row, **changes))


def moment(at):
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")


def test_a_draft_changes_freely(office):
    row = f.loan_round(published=False)
    later = row.closes_at.replace(microsecond=0) - DAY
    response = edit(office, row, title="다른 이름", plan_amount=1, closes_at=moment(later))
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.title, row.plan_amount, row.closes_at, row.version) == ("다른 이름", 1, later, 1)


def test_a_published_round_keeps_what_was_announced(office):
    row = f.loan_round()
    before = LoanRound.objects.values().get(pk=row.pk)
    other = f.ProductFactory(code="other", name="다른 상품")
    response = edit(office, row, title="다른 이름", product=other.pk, opens_at=moment(row.opens_at - DAY))
    assert response.status_code == 302
    assert LoanRound.objects.values().get(pk=row.pk) == before
    page = office.get(reverse("loans_rounds:edit", args=[row.pk]))
    form = page.context["form"]
    assert {name for name, field in form.fields.items() if not field.disabled} == {
        "closes_at",
        "plan_amount",
        "notice",
        "version",
    }
    assert page.context["locked"] in page.content.decode()


def test_what_may_still_change_is_counted_and_noted(office):
    row = f.loan_round()
    later = row.closes_at.replace(microsecond=0) + DAY
    assert edit(office, row, closes_at=moment(later), notice="하루 연장").status_code == 302
    page = row
    row = LoanRound.objects.get(pk=row.pk)
    assert (row.closes_at, row.notice, row.version) == (later, "하루 연장", page.version + 1)
    assert edit(office, page, notice="옛 화면").status_code == 409
    unversioned = posted(row, notice="판 없음") | {"version": ""}
    assert office.post(reverse("loans_rounds:edit", args=[row.pk]), unversioned).status_code == 409
    row.refresh_from_db()
    assert row.notice == "하루 연장"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("closes_at", lambda row: row.closes_at - timedelta(minutes=1)),
        ("plan_amount", lambda row: row.plan_amount - 1),
    ],
)
def test_nothing_that_applicants_count_on_is_taken_away(office, field, change):
    row = f.loan_round()
    with pytest.raises(ValidationError) as caught:
        change_round(by=f.finance(), loan_round=row, values={field: change(row)})
    assert set(caught.value.message_dict) == {field}
    value = change(row)
    response = edit(office, row, **{field: moment(value) if field == "closes_at" else value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    change_round(by=f.finance(), loan_round=row, values={"plan_amount": row.plan_amount + 1})


def test_after_the_closing_nothing_changes(client, time_machine):
    row = f.loan_round()
    time_machine.move_to(row.closes_at, tick=False)
    client.force_login(f.finance())
    with pytest.raises(NotNow):
        change_round(by=f.finance(), loan_round=row, values={"closes_at": row.closes_at + DAY})
    row = close_round(by=f.finance(), loan_round=row)
    assert edit(client, row, notice="늦음").status_code == 409
    page = client.get(reverse("loans_rounds:edit", args=[row.pk]))
    assert (page.status_code, page.context["can_save"]) == (200, False)


def test_who_keeps_rounds_changes_them():
    row = f.loan_round(published=False)
    with pytest.raises(NotAllowed):
        change_round(by=f.secretary(), loan_round=row, values={"title": "x"})
    with pytest.raises(Stale):
        change_round(by=f.finance(), loan_round=row, values={"title": "x"}, expected_version=9)


PARTS = [("loans_product_documents", ProductDocument), ("loans_eligibility_items", EligibilityItem)]


def part_data(part, **changes):
    if isinstance(part, ProductDocument):
        data = {
            "code": part.code,
            "name": part.name,
            "help_text": "",
            "required": "on",
            "asked_of": part.asked_of,
        }
    else:
        data = {"label": part.label, "source": "", "hint": part.hint, "parameter": part.parameter}
    page = {"product": part.product_id, "order": part.order, "version": part.product.version}
    return data | page | {"reason": "공고 정정"} | changes


@pytest.mark.parametrize(("namespace", "model"), PARTS)
def test_what_an_open_round_asks_for_is_locked(office, namespace, model):
    product = f.loan_round().product
    part = model.objects.filter(product=product).first()
    before = list(model.objects.values())
    url = reverse(f"{namespace}:edit", args=[part.pk])
    page = office.get(url)
    assert (page.status_code, page.context["can_save"]) == (200, False)
    assert page.context["locked"] in page.content.decode()
    assert office.post(url, part_data(part, order=9)).status_code == 409
    assert (
        office.post(reverse(f"{namespace}:add"), part_data(part, code="new", label="새")).status_code == 409
    )
    with pytest.raises(NotNow):
        delete_part(by=f.finance(), part=part)
    assert list(model.objects.values()) == before


@pytest.mark.parametrize(("namespace", "model"), PARTS)
def test_without_an_open_round_it_changes(office, namespace, model):
    product = f.loan_round(published=False).product
    part = model.objects.filter(product=product).first()
    assert (
        office.post(reverse(f"{namespace}:edit", args=[part.pk]), part_data(part, order=9)).status_code == 302
    )
    assert (
        office.post(reverse(f"{namespace}:add"), part_data(part, code="new", label="새")).status_code == 302
    )
    part.refresh_from_db()
    assert part.order == 9
    delete_part(by=f.finance(), part=part)
    assert not model.objects.filter(pk=part.pk).exists()


def test_a_document_of_an_open_round_is_not_deleted(office):
    part = f.loan_round().product.documents.get()
    url = reverse("loans_product_documents:delete", args=[part.pk])
    assert office.get(url).status_code == 409
    assert office.post(url).status_code == 409
    assert ProductDocument.objects.filter(pk=part.pk).exists()


def test_nothing_moves_into_a_locked_product():
    locked = f.loan_round().product
    free = f.ProductFactory(code="free", name="다른 상품")
    part = add_part(by=f.finance(), part=ProductDocument(product=free, code="a", name="가"))
    with pytest.raises(NotNow):
        change_part(by=f.finance(), part=part, values={"product": locked})
    with pytest.raises(NotAllowed):
        change_part(by=f.secretary(), part=part, values={"name": "나"})
    part.refresh_from_db()
    assert (part.product, part.name) == (free, "가")
