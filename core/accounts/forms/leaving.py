from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User


class LeaveForm(forms.Form):
    """That the person means it, and is the person: by the password, where there is one."""

    read = forms.BooleanField(
        label=_("I have read what is erased and what is kept."),
        error_messages={"required": _("Please read it and tick the box.")},
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():  # signed up with another service
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."), code="password")
        return password
