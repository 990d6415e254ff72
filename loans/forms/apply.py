"""What an applicant types. A draft may be unfinished: what is missing is listed before handing in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.consents import current_texts
from core.accounts.models import Business, ConsentText
from core.drafts.forms import SeenField
from core.fields import MoneyField
from loans.models import LoanApplication

LONGEST = 3000
MOST_WON = 10**12


class StartForm(forms.Form):
    """Which business applies, and the consents that a loan needs."""

    business = forms.ModelChoiceField(
        label=_("Business"), queryset=Business.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, businesses: QuerySet[Business], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["business"].queryset = businesses  # type: ignore[attr-defined]
        if len(few := businesses[:2]) == 1:
            self.fields["business"].initial = few[0].pk
        self.texts = current_texts("loan")
        for text in self.texts:
            self.fields[f"consent_{text.pk}"] = forms.BooleanField(
                label=text.title,
                required=text.required,
                error_messages={"required": _("Without this consent we cannot take the application.")},
            )

    def consented(self) -> list[ConsentText]:
        """The texts that were agreed to."""
        return [text for text in self.texts if self.cleaned_data.get(f"consent_{text.pk}")]

    def consent_fields(self) -> list[tuple[ConsentText, Any]]:
        return [(text, self[f"consent_{text.pk}"]) for text in self.texts]


class ApplicationForm(forms.Form):
    """The application itself. Nothing is required, so that it can be saved at any time."""

    seen = SeenField()
    amount = MoneyField(label=_("How much do you need?"), required=False, max_value=MOST_WON)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False, widget=forms.RadioSelect)
    plan = forms.CharField(
        label=_("What is the money for?"),
        help_text=_("What you will buy or pay, when, and what it changes for the business."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    repayment_plan = forms.CharField(
        label=_("How will you repay it?"),
        help_text=_("Sales expected per month, other loans, what happens in a bad month."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    security = forms.ChoiceField(
        label=_("Security"),
        required=False,
        choices=LoanApplication.Security.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, application: LoanApplication, **kwargs: Any) -> None:
        typed = {name: getattr(application, name) for name in self.base_fields if name != "seen"}
        super().__init__(*args, **{**kwargs, "initial": typed | {"seen": application.marks}})
        purposes = application.round.product.purposes
        self.fields["purpose"].choices = [(name, name) for name in purposes]  # type: ignore[attr-defined]

    def clean_security(self) -> str:
        return self.cleaned_data["security"] or LoanApplication.Security.UNDECIDED
