"""Reading and signing the agreement, or giving the place up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts.requests import posted, signed_in
from core.errors import NotNow
from core.forms import add_errors
from core.whole_number import posted_number, whole_number
from core.workflow.perform import can_perform
from core.workflow.repeats import second_click
from incubator.forms.applicant import ReasonForm, SignForm
from incubator.queries.applications import agreement_of
from incubator.services.agreements import sign_agreement
from incubator.services.waitlist import decline_place
from incubator.views.common import own_application


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to sign; once signed, the text as it was signed."""
    user, version = signed_in(request), posted_number(request, "version")
    application = own_application(request, pk)
    signed = agreement_of(application)
    if signed and request.method != "POST":
        return render(
            request,
            "incubator/applicant/agreement.html",
            {"application": application, "signed": signed, "text": signed.text},
        )
    text = application.call.agreement_texts.order_by("-version").first()
    if text is None or application.submitted_at is None:
        raise Http404
    if not can_perform(application, "sign", user) and request.method != "POST":
        raise NotNow
    form = SignForm(posted(request))
    if request.method == "POST" and form.is_valid():
        shown = get_object_or_404(
            application.call.agreement_texts, pk=whole_number(request.POST.get("text", ""))
        )
        try:
            with second_click(application, "sign", by=user, expected_version=version):
                sign_agreement(
                    by=user,
                    application=application,
                    text=shown,
                    typed_name=form.cleaned_data["typed_name"],
                    expected_version=version,
                )
        except ValidationError as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("The agreement is signed. Welcome to the programme!"))
            return redirect("application_status", pk)
    hint = _("Type it exactly as in your profile: %(name)s") % {"name": user.name}
    context: dict[str, Any] = {"application": application, "text": text, "form": form, "name_hint": hint}
    return render(
        request, "incubator/applicant/agreement.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def application_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then pass the place on."""
    user, version = signed_in(request), posted_number(request, "version")
    application = own_application(request, pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with second_click(application, "decline", by=user, expected_version=version):
            decline_place(
                by=user,
                application=application,
                reason=form.cleaned_data["reason"],
                expected_version=version,
            )
        messages.success(request, _("You gave up the place. Thank you for telling us."))
        return redirect("application_status", pk)
    if not can_perform(application, "decline", user):
        raise NotNow
    context = {"application": application, "form": form}
    return render(request, "incubator/applicant/decline.html", context, status=422 if form.is_bound else 200)
