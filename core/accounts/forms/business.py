from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.accounts.models import Business, Membership
from core.accounts.numbers import digits, format_business_number, is_business_number
from core.fields import DateField, DateInput

AHEAD = timedelta(days=365)


class BusinessForm(forms.ModelForm[Business]):
    """A business as its registration certificate shows it, or as it is planned.

    The number is fixed once it is registered; a pre-founder says that there is none yet.
    """

    is_planned = forms.BooleanField(
        label=_("It is not registered yet (pre-founder)"),
        required=False,
        help_text=_("Write what you plan. You add the number here as soon as you have it."),
    )

    class Meta:
        model = Business
        fields = (
            "name",
            "registration_number",
            "kind",
            "corporate_number",
            "representative",
            "opened_on",
            "sector",
            "is_micro",
            "postcode",
            "address",
            "address_detail",
        )
        field_classes = {"opened_on": DateField}
        widgets = {
            "kind": forms.RadioSelect,
            "opened_on": DateInput(),
            "registration_number": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "corporate_number": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "postcode": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
        }
        help_texts = {
            "registration_number": _("10 digits, with or without hyphens: 000-00-00000"),
            "corporate_number": _("Companies only: 000000-0000000"),
            "opened_on": _("As on the business registration certificate; before that, the day you plan."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["is_planned"]
        if self.instance.is_registered:
            del self.fields["registration_number"]

    def clean_registration_number(self) -> str | None:
        number: str | None = self.cleaned_data["registration_number"]
        return format_business_number(number) if number and is_business_number(number) else number

    def clean_corporate_number(self) -> str:
        plain = digits(self.cleaned_data["corporate_number"])
        return f"{plain[:6]}-{plain[6:]}" if plain else ""

    def clean_opened_on(self) -> date:
        opened: date = self.cleaned_data["opened_on"]
        if opened > clock.today() + AHEAD:
            raise forms.ValidationError(_("Please check the year of the opening date."), code="opened_on")
        return opened

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_planned = self._clean_number(data)
        if data.get("kind") == Business.Kind.COMPANY and not data.get("corporate_number"):
            if "corporate_number" not in self.errors and not is_planned:
                self.add_error("corporate_number", _("A company has a corporation number. Please write it."))
        elif data.get("kind") == Business.Kind.SOLE:
            data["corporate_number"] = ""
        return data

    def _clean_number(self, data: dict[str, Any]) -> bool:
        """Whether the business is still planned. One that is new has a number or says that it has none."""
        if "registration_number" not in self.fields or "registration_number" in self.errors:
            return False
        if data.pop("is_planned", False):
            data["registration_number"] = None
        elif not self.instance.pk and not data.get("registration_number"):
            self.add_error("registration_number", _("Please write the number, or say that there is none."))
            return False
        return not data["registration_number"]


class InviteForm(forms.Form):
    """Whom to ask, by e-mail address: whether there is an account with it is nobody's business."""

    email = forms.EmailField(
        label=_("E-mail of the person"),
        help_text=_("The invitation waits for whoever signs in, or first signs up, with this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    part = forms.ChoiceField(
        label=_("Part"),
        choices=Membership.Part.choices,
        initial=Membership.Part.MEMBER,
        widget=forms.RadioSelect,
        help_text=_("An owner may change the business and its members; a member may apply in its name."),
    )
