from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.accounts.models import User
from core.fields import DateInput, PastDateField

OLDEST = 120


class ProfileForm(forms.ModelForm[User]):
    """What a person may change about themselves. The e-mail address is changed by confirming the new one."""

    class Meta:
        model = User
        fields = ("name", "phone", "birth_date", "resident_since", "language")
        field_classes = {"birth_date": PastDateField, "resident_since": PastDateField}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "birth_date": DateInput(attrs={"autocomplete": "bday"}),
            "resident_since": DateInput(),
        }
        help_texts = {
            "phone": _("For example 010-1234-5678."),
            "birth_date": _("Only the date. Never write a resident registration number here."),
        }

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        if born and born.year <= clock.today().year - OLDEST:
            raise forms.ValidationError(_("Please check the year of birth."), code="birth_date")
        return born

    def clean_resident_since(self) -> date | None:
        since: date | None = self.cleaned_data["resident_since"]
        born = self.cleaned_data.get("birth_date")
        if since and born and since < born:
            raise forms.ValidationError(_("This day lies before your birth."), code="resident_since")
        return since


class NewsForm(forms.Form):
    """Whether to be sent news and invitations."""

    news = forms.BooleanField(
        label=_("Send me news and invitations by e-mail"),
        help_text=_("New calls and news of this site, in the morning after they are published."),
        required=False,
    )
