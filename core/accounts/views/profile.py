from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts.consents import accepts_news, open_consents
from core.accounts.forms import NewsForm, ProfileForm
from core.accounts.models import User
from core.accounts.requests import posted, signed_in
from core.accounts.services import choose_news, update_profile


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What is kept about the person, to read and to mend."""
    user = signed_in(request)
    # The form writes into its own copy, so that the page around it shows what is still stored.
    form = ProfileForm(posted(request), instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        update_profile(by=user, **form.cleaned_data)
        messages.success(request, _("Your details are saved."))
        return redirect("profile")
    context = {"form": form, "consents": open_consents(user)}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def news_choice(request: HttpRequest) -> HttpResponse:
    """Whether news may be sent; the only consent that can be given and taken back here.

    On a page of its own, where its button loses nothing that is typed.
    """
    user = signed_in(request)
    form = NewsForm(posted(request), initial={"news": accepts_news(user)})
    if request.method == "POST" and form.is_valid():
        choose_news(by=user, wanted=form.cleaned_data["news"])
        messages.success(request, _("Your choice is saved."))
        return redirect("profile")
    return render(request, "accounts/news_choice.html", {"form": form})
