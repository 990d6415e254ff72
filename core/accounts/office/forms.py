from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm


class UserCreationForm(WagtailUserCreationForm):
    """Wagtail's form asks for our one name instead of first and last name."""

    first_name = None
    last_name = None
    name = forms.CharField(label=_("name"), max_length=60)


class UserEditForm(WagtailUserEditForm):
    first_name = None
    last_name = None
    name = forms.CharField(label=_("name"), max_length=60)
