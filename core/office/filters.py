"""Filters that the lists of several rooms share."""

from typing import Any

import django_filters
from django_filters.fields import DateRangeField, ModelMultipleChoiceField
from wagtail.admin.filters import DateRangePickerWidget

from core.fields import DateField, refuse_unreadable


class DaysField(DateRangeField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = (DateField(required=False), DateField(required=False))


class DaysFilter(django_filters.DateFromToRangeFilter):
    """From one day to another, both included."""

    field_class = DaysField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=DateRangePickerWidget, **kwargs)


def use_our_choice_of_many() -> None:
    """Every list of Wagtail that is narrowed to several rows of something does it with this one field."""
    plain = ModelMultipleChoiceField.clean

    def clean(field: Any, value: Any) -> Any:
        if field.to_field_name is None:
            refuse_unreadable(field, [chosen for chosen in value or () if chosen != field.null_value])
        return plain(field, value)

    ModelMultipleChoiceField.clean = clean
