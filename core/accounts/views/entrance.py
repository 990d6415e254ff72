"""allauth's views, where they need something of ours around them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as account
from allauth.socialaccount import views as socialaccount
from allauth.socialaccount.models import SocialApp
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from core.own_address import own_address


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


def login_elsewhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """allauth's view of a provider: not there unless it is set up, and left by a page instead of a redirect.

    A browser holds every redirect after a form to the policy of the form's page. The provider redirects on to
    hosts that nobody promises us; from a page of its own the way there is free.
    """

    @never_cache
    def view_or_leave(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        if isinstance(response, HttpResponseRedirect) and not own_address(request, response.url):
            host = urlsplit(response.url).hostname
            return render(request, "socialaccount/leaving.html", {"url": response.url, "host": host})
        return response

    return view_or_leave
