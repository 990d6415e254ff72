"""Inviting somebody to act for a business, and answering."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.accounts import services
from core.accounts.forms import InviteForm
from core.accounts.models import Invitation
from core.accounts.queries import invitations_for
from core.accounts.requests import posted, signed_in
from core.accounts.views.businesses import business_of
from core.errors import NotAllowed
from core.forms import add_errors
from core.whole_number import posted_number


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def business_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer is the same whether or not the address belongs to anybody here."""
    user = signed_in(request)
    business = business_of(user, pk)
    if not user.has_perm("accounts.change_business", business):
        raise NotAllowed
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            sent = services.invite(by=user, business=business, **form.cleaned_data)
        except ValidationError as refused:
            add_errors(form, refused)
        else:
            waits = _("The invitation waits for whoever signs in with %(email)s.")
            messages.success(request, waits % {"email": sent.email})
            return redirect("business_people", pk)
    context = {"business": business, "form": form}
    return render(request, "accounts/business_invite.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def invitation_withdraw(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(business_of(user, pk).invitations, pk=invitation_pk)
    version = posted_number(request, "version")
    services.withdraw_invitation(by=user, invitation=found, expected_version=version)
    messages.success(request, _("The invitation is taken back."))
    return redirect("business_people", pk)


@require_safe
@login_required
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person is asked, until when, and what it means to say yes."""
    found = _mine(request, pk)
    is_open = found.state == Invitation.State.OPEN and clock.now() < found.expires_at
    return render(request, "accounts/invitation.html", {"invitation": found, "is_open": is_open})


@require_POST
@login_required
def invitation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    version = posted_number(request, "version")
    services.accept_invitation(by=signed_in(request), invitation=found, expected_version=version)
    messages.success(request, _("You now act for “%(name)s”.") % {"name": found.business.name})
    return redirect("business_edit", found.business_id)


@require_POST
@login_required
def invitation_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    version = posted_number(request, "version")
    services.refuse_invitation(by=signed_in(request), invitation=found, expected_version=version)
    messages.success(request, _("You have refused the invitation."))
    return redirect("me")


def _mine(request: HttpRequest, pk: int) -> Invitation:
    return get_object_or_404(invitations_for(signed_in(request)), pk=pk)
