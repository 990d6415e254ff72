"""What a service found wrong stands where the person can mend it."""

import pytest
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from core.forms import add_errors


class AmountForm(forms.Form):
    amount = forms.IntegerField()


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (ValidationError({"amount": "zero", "on": "too late"}), {"amount": ["zero"], None: ["too late"]}),
        (ValidationError("no"), {None: ["no"]}),
        (ValidationError(["no", "never"]), {None: ["no", "never"]}),
    ],
)
def test_each_message_stands_at_its_field_or_above_the_form(error, where):
    form = AmountForm({"amount": "1"})
    assert form.is_valid()
    add_errors(form, error)
    assert form.errors == {name or NON_FIELD_ERRORS: words for name, words in where.items()}
