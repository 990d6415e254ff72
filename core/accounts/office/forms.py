from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from core.accounts.models import User
from core.accounts.numbers import validate_phone
from core.fields import ManyField


class OneAddress:
    """An address is kept in small letters, as at the entrance: so nobody stands here twice."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()  # type: ignore[attr-defined]
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Somebody has this address already."))
        return email


class UserCreationForm(OneAddress, WagtailUserCreationForm):
    """Wagtail's form with our one name, and roles only: superusers are made on the server."""

    first_name = None
    last_name = None
    is_superuser = None
    name = forms.CharField(label=_("Name"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False, validators=[validate_phone])

    class Meta(WagtailUserCreationForm.Meta):
        fields = ("email", "name", "phone", "groups")
        field_classes = {"groups": ManyField}


class UserEditForm(OneAddress, WagtailUserEditForm):
    first_name = None
    last_name = None
    is_superuser = forms.BooleanField(required=False)  # Wagtail's form takes it away; so do we
    name = forms.CharField(label=_("Name"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False, validators=[validate_phone])

    class Meta(WagtailUserEditForm.Meta):
        fields = ("email", "name", "phone", "is_active", "groups")
        field_classes = {"groups": ManyField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
