"""allauth's views, where they need something of ours around them."""

from typing import Any

from allauth.account import views as account
from allauth.socialaccount import views as socialaccount
from django.db import transaction
from django.http import HttpRequest, HttpResponse


class SignupView(account.SignupView):
    """The account, the consents and the mail to confirm the address are written together or not at all."""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs)


class SocialSignupView(socialaccount.SignupView):
    """The same for who comes with an account elsewhere."""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs)
