"""Filters that the lists of several rooms share."""

from typing import Any

import django_filters
from django_filters.fields import DateRangeField
from wagtail.admin.filters import DateRangePickerWidget

from core.fields import DateField


class DaysField(DateRangeField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = (DateField(required=False), DateField(required=False))


class DaysFilter(django_filters.DateFromToRangeFilter):
    """From one day to another, both included."""

    field_class = DaysField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=DateRangePickerWidget, **kwargs)
