"""What staff set up: a slip is said at its field, and never brings a page down."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from loans.models import EligibilityItem
from loans.queries.eligibility import checklist
from tests.loans import factories as f

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hint", ["age", "residence"])
@pytest.mark.parametrize("parameter", ["", "만 39세", "²", "-1", "1.5", "9" * 40])
def test_a_condition_without_its_number_is_a_slip_and_no_hint(client, hint, parameter):
    row = f.application("submitted")
    item = EligibilityItem(product=row.round.product, label="조건", hint=hint, parameter=parameter)
    with pytest.raises(ValidationError) as caught:
        item.clean()
    assert set(caught.value.message_dict) == {"parameter"}
    item.save()
    assert [line.hint for line in checklist(row) if line.item == item] == [None]
    client.force_login(f.finance())
    assert client.get(reverse("loanapplication:inspect", args=[row.pk])).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("allocation_order", value) for value in (5, None, {}, [1, "fee"], ["fee"], "fee")],
        *[("purposes", value) for value in (5, None, {"a": 1}, [1], [""], "시설자금")],
        ("interest_unit", 0),
        ("late_cap", "0.3"),
        ("late_spread", "-0.01"),
    ],
)
def test_a_product_that_cannot_be_lent_is_refused_at_its_field(field, value):
    product = f.ProductFactory()
    setattr(product, field, value)
    with pytest.raises(ValidationError) as caught:
        product.full_clean()
    assert set(caught.value.message_dict) == {field}


def test_a_product_as_it_should_be():
    f.ProductFactory().full_clean()
