from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.accounts.forms import BusinessForm
from core.accounts.models import Business, User
from core.accounts.numbers import is_corporate_number
from core.accounts.queries import businesses_for, invitations_of, members_of, memberships_for
from core.accounts.requests import posted, signed_in
from core.accounts.services import register_business, remove_member, update_business
from core.errors import NotAllowed
from core.forms import add_errors
from core.own_address import own_address

PAGE = 20


@require_safe
@login_required
def business_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(memberships_for(signed_in(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/business_list.html", {"page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def business_create(request: HttpRequest) -> HttpResponse:
    """Register one, and go back to the page that needed it where one led here."""
    user, back = signed_in(request), own_address(request, request.GET.get("next", ""))
    form = BusinessForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            business = register_business(by=user, **form.cleaned_data)
        except ValidationError as refused:
            add_errors(form, refused)
        else:
            said = (
                _("“%(name)s” is registered.") if business.is_registered else _("“%(name)s” is noted down.")
            )
            messages.success(request, said % {"name": business.name})
            _warn_of_number(request, business)
            return redirect(back or reverse("business_edit", args=[business.pk]))
    context = {"form": form, "back": back or reverse("business_list")}
    return render(request, "accounts/business_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def business_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The business: to read for a member, to change for an owner. Its form stands alone on the page."""
    user = signed_in(request)
    business = business_of(user, pk)
    may_change = user.has_perm("accounts.change_business", business)
    form = BusinessForm(posted(request), instance=business_of(user, pk)) if may_change else None
    if request.method == "POST":
        if form is None:
            raise NotAllowed
        if form.is_valid():
            try:
                saved = update_business(by=user, business=business, **form.cleaned_data)
            except ValidationError as refused:
                add_errors(form, refused)
            else:
                messages.success(request, _("The business is saved."))
                _warn_of_number(request, saved)
                return redirect("business_edit", pk)
    status = 422 if form is not None and form.errors else 200
    context = {"business": business, "form": form}
    return render(request, "accounts/business_edit.html", context, status=status)


@require_safe
@login_required
def business_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who acts for the business and, for an owner, who was asked to. Nothing is typed here."""
    user = signed_in(request)
    business = business_of(user, pk)
    may_change = user.has_perm("accounts.change_business", business)
    context = {
        "business": business,
        "members": members_of(business),
        "may_change": may_change,
        "invitations": invitations_of(business) if may_change else [],
    }
    return render(request, "accounts/business_people.html", context)


@require_POST
@login_required
def business_member_remove(request: HttpRequest, pk: int, membership_pk: int) -> HttpResponse:
    user = signed_in(request)
    business = business_of(user, pk)
    membership = get_object_or_404(members_of(business), pk=membership_pk)
    remove_member(by=user, membership=membership)
    if membership.user_id == user.pk:
        messages.success(request, _("You have left “%(name)s”.") % {"name": business.name})
        return redirect("business_list")
    messages.success(
        request, _("%(person)s no longer acts for this business.") % {"person": membership.user.name}
    )
    return redirect("business_people", pk)


def business_of(user: User, pk: int) -> Business:
    return get_object_or_404(businesses_for(user), pk=pk)


def _warn_of_number(request: HttpRequest, business: Business) -> None:
    """The check digit of a corporation number may be gone since 2025, so it is only pointed out."""
    if business.corporate_number and not is_corporate_number(business.corporate_number):
        messages.warning(
            request, _("Please check the corporation number once more: its last digit is unusual.")
        )
