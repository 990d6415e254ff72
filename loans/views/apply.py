"""The borrower's way to a loan: start, fill in, hand in, follow."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.documents.forms import Place, UploadForm, attach_chosen
from core.documents.queries import documents_of
from core.drafts.forms import autosave_answer, carries, posted_marks, refusing_in_json, tell_overwritten
from core.whole_number import posted_number
from core.workflow.perform import can_perform
from core.workflow.repeats import second_click
from loans.forms.apply import ApplicationForm, StartForm
from loans.models import LoanApplication, ProductDocument
from loans.queries import public
from loans.queries.applications import businesses_for_round, own_applications
from loans.queries.history import application_history, days_of, handed_in_at, reason_shown
from loans.queries.readiness import amount_words, documents_wanted, flaws_of
from loans.queries.status import application_status, application_steps, closed_words, what_next
from loans.services import applications as services
from loans.views.requests import SignedIn


@login_required
def loan_apply(request: SignedIn, pk: int) -> HttpResponse:
    """Choose the business and agree to what a loan needs; then the draft exists."""
    loan_round = get_object_or_404(public.rounds(), pk=pk)
    businesses = businesses_for_round(request.user, loan_round)
    form = StartForm(request.POST if request.method == "POST" else None, businesses=businesses)
    if request.method == "POST" and form.is_valid():
        application = services.start_application(
            by=request.user,
            loan_round=loan_round,
            business=form.cleaned_data["business"],
            consents=form.consented(),
        )
        return redirect(
            "loan_application_edit" if application.is_editable else "loan_application_status", application.pk
        )
    context = {
        "round": loan_round,
        "form": form,
        "has_business": businesses.exists(),
        "is_open": loan_round.is_open(clock.now()),
        "closed_text": closed_words(loan_round, clock.now()),
        "business_url": f"{reverse('business_create')}?next={quote(request.path)}",
    }
    return render(request, "loans/borrower/apply.html", context, status=422 if form.errors else 200)


@login_required
def loan_application_edit(request: SignedIn, pk: int) -> HttpResponse:
    """The form and its documents. “Save” stays here, “check and submit” goes on."""
    application = _own(request, pk)
    if not application.is_editable:
        return redirect("loan_application_status", pk)
    if request.method != "POST":
        return _edit_page(request, application, ApplicationForm(application=application), {})
    form = _keep_text(request, application)
    refused = _keep_files(request, application)
    goes_on = "next" in request.POST
    if not goes_on and not form.errors:
        messages.success(request, _("Saved. It is not submitted yet."))
    then = "loan_application_submit" if goes_on else "loan_application_edit"
    return _after(request, application, form, refused, then=then)


def _keep_text(request: SignedIn, application: LoanApplication) -> ApplicationForm:
    """Save what can be read of the text, whichever button of its form was pressed."""
    if not carries(request, ApplicationForm):
        return ApplicationForm(application=application)
    form = ApplicationForm(request.POST, application=application)
    form.is_valid()
    saved = services.save_application(
        by=request.user,
        application=application,
        values={name: value for name, value in form.cleaned_data.items() if name in request.POST},
        seen=form.cleaned_data.get("seen"),
        keep_theirs=True,
    )
    tell_overwritten(form, application, saved)
    return form


def _keep_files(
    request: SignedIn, application: LoanApplication, *, pressed: str = ""
) -> dict[str, UploadForm]:
    """Attach every file that was chosen. Returns what was refused."""
    wanted = {row["wanted"].code: row["wanted"] for row in documents_wanted(application)}

    def attach(place: Place, upload: "UploadedFile[Any]") -> None:
        services.attach_document(
            by=request.user, application=application, wanted=wanted[place.key], upload=upload
        )

    return attach_chosen(request, map(_place, wanted.values()), attach, pressed=pressed)


def _place(wanted: ProductDocument) -> Place:
    return Place(wanted.code, wanted.name)


def _after(
    request: SignedIn,
    application: LoanApplication,
    form: ApplicationForm,
    refused: dict[str, UploadForm],
    *,
    then: str = "loan_application_edit",
) -> HttpResponse:
    """On to ``then`` when all is kept, else back to the page with what was typed."""
    if form.errors or refused:
        return _edit_page(request, application, form, refused)
    return redirect(then, application.pk)


def _edit_page(
    request: SignedIn, application: LoanApplication, form: ApplicationForm, refused: dict[str, UploadForm]
) -> HttpResponse:
    documents = [
        {**row, "form": refused.get(row["wanted"].code) or UploadForm(place=_place(row["wanted"]))}
        for row in documents_wanted(application)
    ]
    returned = application.state == LoanApplication.State.RETURNED
    context = {
        "application": application,
        "round": application.round,
        "form": form,
        "documents": documents,
        "refused": list(refused.values()),
        "amount_hint": amount_words(application),
        "flaws": application.history().filter(transition="return_for_correction").first()
        if returned
        else None,
    }
    status = 422 if form.errors or refused else 200
    return render(request, "loans/borrower/edit.html", context, status=status)


@login_required
@require_POST
@refusing_in_json
def loan_application_autosave(request: SignedIn, pk: int) -> JsonResponse:
    """Keep the changed fields that can be read; the others stay as they were and are told apart."""
    application = _own(request, pk)
    form = ApplicationForm(request.POST, application=application)
    form.is_valid()
    changed = set(request.POST.getlist("changed"))
    values = {name: value for name, value in form.cleaned_data.items() if name in changed}
    saved = services.save_application(
        by=request.user, application=application, values=values, seen=posted_marks(request)
    )
    wrong = {name: str(errors[0]) for name, errors in form.errors.items() if name in changed}
    return autosave_answer(application, replace(saved, errors=wrong))


@login_required
@require_POST
def loan_document_add(request: SignedIn, pk: int) -> HttpResponse:
    """The button “Upload” of one document: asks for a file, and takes along all that stands on the page."""
    application = _own(request, pk)
    code = request.POST.get("code", "")
    form = _keep_text(request, application)
    # compared here: not every database takes every character that can be posted
    if all(row["wanted"].code != code for row in documents_wanted(application)):
        raise Http404
    return _after(request, application, form, _keep_files(request, application, pressed=code))


@login_required
@require_POST
def loan_document_remove(request: SignedIn, pk: int, key: UUID) -> HttpResponse:
    """The button “Remove” of one file: takes along all that stands on the page."""
    application = _own(request, pk)
    form = _keep_text(request, application)
    document = get_object_or_404(documents_of(application), key=key)
    services.detach_document(by=request.user, application=application, document=document)
    messages.success(request, _("The file has been removed."))
    return _after(request, application, form, _keep_files(request, application))


@login_required
def loan_application_submit(request: SignedIn, pk: int) -> HttpResponse:
    """Everything on one page with every flaw, and the button that hands in."""
    application = _own(request, pk)
    if request.method == "POST":
        version = posted_number(request, "version")
        try:
            with second_click(application, "submit", "resubmit", by=request.user, expected_version=version):
                services.submit_application(
                    by=request.user,
                    application=application,
                    seen=posted_marks(request) or {},
                    expected_version=version,
                )
        except ValidationError:
            pass  # the flaws are on the page
        else:
            return redirect("loan_application_submitted", pk)
    elif not application.is_editable:
        return redirect("loan_application_status", pk)
    context = {
        "application": application,
        "round": application.round,
        "flaws": flaws_of(application),
        "documents": documents_wanted(application),
    }
    return render(
        request, "loans/borrower/check.html", context, status=422 if request.method == "POST" else 200
    )


@login_required
@require_GET
def loan_application_submitted(request: SignedIn, pk: int) -> HttpResponse:
    """The receipt: unmistakably submitted."""
    application = _own(request, pk)
    if application.submitted_at is None:
        return redirect("loan_application_status", pk)
    context = {"application": application, "at": handed_in_at(application)}
    return render(request, "loans/borrower/submitted.html", context)


@login_required
@require_GET
def loan_application_status(request: SignedIn, pk: int) -> HttpResponse:
    """Where it stands, what comes next, what has happened."""
    application = _own(request, pk)
    loan = getattr(application, "loan", None)
    changes = list(application.history().steps())
    title, body = what_next(application)
    context = {
        "application": application,
        "round": application.round,
        "loan": loan,
        "status": application_status(application),
        "steps": application_steps(application, loan, days_of(changes)),
        "next_title": title,
        "next_body": body,
        "events": application_history(changes),
        "shown_reason": reason_shown(application, changes),
        "documents": documents_wanted(application),
        "can_withdraw": can_perform(application, "withdraw", request.user),
    }
    return render(request, "loans/borrower/status.html", context)


@login_required
@require_POST
def loan_application_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    application, version = _own(request, pk), posted_number(request, "version")
    with second_click(application, "withdraw", by=request.user, expected_version=version):
        services.withdraw_application(by=request.user, application=application, expected_version=version)
    messages.success(request, _("The application has been withdrawn."))
    return redirect("loan_application_status", pk)


def _own(request: SignedIn, pk: int) -> LoanApplication:
    return get_object_or_404(own_applications(request.user), pk=pk)
