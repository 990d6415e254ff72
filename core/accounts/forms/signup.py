from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.accounts import consents
from core.accounts.models import ConsentText


class SignupDetails(forms.Form):
    """What signing up asks for beside e-mail and password: the name, and consent to each text in force."""

    # allauth appends what is not named: the consents come last, above the button
    field_order = ("email", "name", "password1", "password2")

    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts: dict[str, ConsentText] = {
            f"consent_{text.kind}": text for text in consents.current_texts(consents.ACCOUNT)
        }
        for name, text in self.texts.items():
            self.fields[name] = forms.BooleanField(
                label=text.title,
                required=text.required,
                error_messages={"required": _("Without this consent an account cannot be made.")},
            )

    def consent_fields(self) -> list[tuple[ConsentText, forms.BoundField]]:
        """Each text with its box, to be set below the rest."""
        return [(text, self[name]) for name, text in self.texts.items()]

    def account_fields(self) -> list[forms.BoundField]:
        """The rest."""
        return [bound for bound in self if bound.name not in self.texts]

    @transaction.atomic
    def signup(self, request: HttpRequest, user: Any) -> None:
        """allauth calls this when the account has been made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        agreed = [text for name, text in self.texts.items() if self.cleaned_data.get(name)]
        consents.record_consents(by=user, texts=agreed)
