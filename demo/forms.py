from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import DateField


class ClockForm(forms.Form):
    """The day to move the clock to. Without an hour: what is due that day has come by nine in the morning."""

    day = DateField(label=_("Day"))

    @property
    def moment(self) -> datetime:
        return self.at_work(self.cleaned_data["day"])

    @staticmethod
    def at_work(day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(9)))
