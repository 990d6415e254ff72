"""Handing in, the receipt, the status page, and taking back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.accounts.requests import posted, signed_in
from core.documents.issuer import issuer
from core.documents.pdf import render_pdf
from core.documents.queries import documents_of
from core.drafts.forms import posted_marks
from core.errors import NotNow
from core.whole_number import posted_number
from core.workflow.perform import can_perform
from core.workflow.repeats import second_click
from incubator.forms.applicant import ReasonForm
from incubator.models import Application
from incubator.queries.applications import agreement_of
from incubator.queries.journey import STATUS_KIND, next_action, progress_steps, timeline
from incubator.queries.reviews import comments_for_applicant
from incubator.services.applications import submit_application, withdraw_application
from incubator.views.common import own_application


@require_POST
@login_required
def application_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in. A second click leads to the same receipt; flaws lead back to the list of all of them."""
    user, version = signed_in(request), posted_number(request, "version")
    application = own_application(request, pk)
    try:
        with second_click(application, "submit", "resubmit", by=user, expected_version=version):
            submit_application(
                by=user,
                application=application,
                seen=posted_marks(request) or {},
                expected_version=version,
            )
    except ValidationError:
        return redirect("application_edit", pk, "check")
    return redirect("application_submitted", pk)


@require_safe
@login_required
def application_submitted(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt, which looks like nothing else."""
    application = own_application(request, pk)
    version = application.versions.first()
    if version is None:
        raise Http404
    context = {"application": application, "submitted": version, "stage": application.call.stages.first()}
    return render(request, "incubator/applicant/submitted.html", context)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def application_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as a PDF."""
    application = own_application(request, pk)
    version = application.versions.first()
    if version is None:
        raise Http404
    at = timezone.localtime(version.submitted_at)
    pdf = render_pdf(
        "incubator/typst/receipt.typ",
        {
            "receipt_number": application.receipt_number,
            "call": application.call.title,
            "title": version.content["title"],
            "name": application.applicant.name,
            "submitted_at": f"{at:%Y-%m-%d %H:%M:%S}",
            "version": version.number,
            "documents": [document["label"] for document in version.content["documents"]],
            "issued": f"{clock.today():%Y. %-m. %-d.}",
            "issuer": issuer(),
        },
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{application.receipt_number}.pdf"'
    return response


@require_safe
@login_required
def application_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the application stands, what is asked, what has happened."""
    application = own_application(request, pk)
    returned = application.state == Application.State.RETURNED
    action = next_action(application)
    context = {
        "application": application,
        "receipt_label": _("Receipt number %(number)s") % {"number": application.receipt_number},
        "action_heading": "" if action.url else _("Where it stands"),
        "status_kind": STATUS_KIND[application.state],
        "action": action,
        "steps": progress_steps(application),
        "events": timeline(application),
        "correction": application.corrections.first() if returned else None,
        "documents": documents_of(application),
        "agreement": agreement_of(application),
        "comments": comments_for_applicant(application),
        "can_withdraw": can_perform(application, "withdraw", signed_in(request)),
        "can_reopen": application.state == Application.State.WITHDRAWN
        and application.stage_id is None
        and application.call.is_open(clock.now()),
    }
    return render(request, "incubator/applicant/status.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then take the application back."""
    user, version = signed_in(request), posted_number(request, "version")
    application = own_application(request, pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with second_click(application, "withdraw", by=user, expected_version=version):
            withdraw_application(
                by=user,
                application=application,
                reason=form.cleaned_data["reason"],
                expected_version=version,
            )
        messages.success(request, _("The application was withdrawn."))
        return redirect("application_status", pk)
    if not can_perform(application, "withdraw", user):
        raise NotNow
    context = {"application": application, "form": form}
    return render(request, "incubator/applicant/withdraw.html", context, status=422 if form.is_bound else 200)
