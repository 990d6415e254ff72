"""What comes in as a number from outside: plain digits, and nothing that makes Python or a database fail."""

import pytest
from django.core.exceptions import ValidationError

from core.accounts.numbers import is_business_number, validate_postcode
from core.presentation.fields import money_reading
from core.whole_number import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("007", 7)])
def test_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", " 1", "1_000", "²", "٣", "１", "x", "9" * 19, "9" * 5000]
)
def test_everything_else_is_not(text):
    assert whole_number(text) is None


@pytest.mark.parametrize("typed", ["²", "9" * 5000, None, "원"])
def test_the_reading_of_an_amount_bears_what_is_typed(typed):
    field = type("Field", (), {"value": lambda self: typed})()
    assert money_reading(field) == ""


def test_only_plain_digits_make_a_registration_number():
    assert is_business_number("106-88-00121")
    assert not is_business_number("１０６-８８-００１２１")
    with pytest.raises(ValidationError):
        validate_postcode("０４４０１")
