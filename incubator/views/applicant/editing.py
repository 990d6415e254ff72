"""The form in steps: plan, team, documents, check."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts.requests import posted, signed_in
from core.documents.queries import documents_of
from core.drafts.forms import autosave_answer, posted_marks, refusing_in_json, tell_overwritten
from core.forms import add_errors
from incubator.forms.applicant import (
    BonusForm,
    DraftForm,
    MemberForm,
    PlanForm,
    TeamTextForm,
    UploadForm,
)
from incubator.models import Application
from incubator.queries.completeness import application_flaws
from incubator.services.applications import (
    DRAFT_FIELDS,
    Member,
    add_member,
    claim_bonuses,
    remove_member,
    save_draft,
)
from incubator.services.attachments import attach_document, detach_document
from incubator.views.common import own_application

STEPS: Final[dict[str, Any]] = {
    "plan": gettext_lazy("Business plan"),
    "team": gettext_lazy("Team"),
    "documents": gettext_lazy("Documents"),
    "check": gettext_lazy("Check and hand in"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def application_edit(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the form. What can't be edited any more is shown on its status page."""
    application = own_application(request, pk)
    if step not in STEPS:
        raise Http404
    if not application.is_editable:
        return redirect("application_status", pk)
    return {"plan": _plan, "team": _team, "documents": _documents, "check": _check}[step](
        request, application
    )


@require_POST
@login_required
@refusing_in_json
def application_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the changed fields; answers with the time and with what another window had saved."""
    application = own_application(request, pk)
    names = [name for name in request.POST.getlist("changed") if name in DRAFT_FIELDS]
    saved = save_draft(
        by=signed_in(request),
        application=application,
        fields={name: request.POST.get(name, "") for name in names},
        seen=posted_marks(request),
    )
    return autosave_answer(application, saved)


@require_POST
@login_required
def application_member_remove(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    application = own_application(request, pk)
    remove_member(by=signed_in(request), application=application, member_id=member_pk)
    return redirect("application_edit", pk, "team")


@require_POST
@login_required
def application_file_remove(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    application = own_application(request, pk)
    document = get_object_or_404(documents_of(application), key=key)
    detach_document(by=signed_in(request), application=application, document=document)
    messages.success(request, _("“%(name)s” was removed.") % {"name": document.original_name})
    return redirect("application_edit", pk, "documents")


def _plan(request: HttpRequest, application: Application) -> HttpResponse:
    user = signed_in(request)
    form: DraftForm = PlanForm(posted(request), instance=application, user=user)
    if request.method == "POST" and form.is_valid():
        _saved(request, application, form)
        if not form.errors:
            return redirect("application_edit", application.pk, "team")
    return _page(request, application, "plan", {"form": form}, failed=bool(form.errors))


def _team(request: HttpRequest, application: Application) -> HttpResponse:
    user = signed_in(request)
    adding = request.method == "POST" and "add_member" in request.POST
    member_form = MemberForm(request.POST if adding else None, prefix="new")
    form: DraftForm = TeamTextForm(posted(request) if not adding else None, instance=application)
    if adding and member_form.is_valid():
        try:
            add_member(by=user, application=application, member=Member(**member_form.cleaned_data))
        except ValidationError as refused:
            add_errors(member_form, refused)
        else:
            return redirect("application_edit", application.pk, "team")
    elif request.method == "POST" and not adding and form.is_valid():
        _saved(request, application, form)
        if not form.errors:
            return redirect("application_edit", application.pk, "documents")
    context = {"form": form, "member_form": member_form, "members": application.team.all()}
    return _page(
        request, application, "team", context, failed=bool(form.errors or (adding and member_form.errors))
    )


def _documents(request: HttpRequest, application: Application) -> HttpResponse:
    user = signed_in(request)
    kind = request.POST.get("kind", "")
    if request.method == "POST" and not kind:
        bonus = BonusForm(request.POST, application=application)
        if bonus.is_valid():
            claim_bonuses(
                by=user,
                application=application,
                rule_ids=[rule.pk for rule in bonus.cleaned_data["rules"]],
                seen=bonus.cleaned_data["seen"],
            )
            return redirect("application_edit", application.pk, "documents")
    slots = _slots(application)
    failed = None
    for slot in slots:
        if slot["kind"] != kind:
            continue
        failed = slot["form"] = UploadForm(request.POST, request.FILES, kind=kind, label=slot["name"])
        if failed.is_valid():
            try:
                attach_document(
                    by=user, application=application, kind=kind, upload=failed.cleaned_data["file"]
                )
            except ValidationError as refused:
                failed.add_error("file", refused)
            else:
                messages.success(request, _("“%(name)s” was uploaded.") % {"name": slot["name"]})
                return redirect("application_edit", application.pk, "documents")
    context = {
        "slots": slots,
        "failed_form": failed,
        "bonus_form": BonusForm(application=application) if application.call.bonus_rules.exists() else None,
    }
    return _page(request, application, "documents", context, failed=failed is not None)


def _slots(application: Application) -> list[dict[str, Any]]:
    """One place per document that is asked for, with what is there."""
    there: dict[str, list[Any]] = {}
    for document in documents_of(application):
        there.setdefault(document.kind, []).append(document)
    asked = [
        (document.kind, document.name, document.help_text, document.required, document.read_by_evaluators)
        for document in application.call.required_documents.all()
    ]
    asked += [
        (claim.rule.kind, _("Evidence: %(name)s") % {"name": claim.rule.name}, "", True, False)
        for claim in application.bonus_claims.select_related("rule")
    ]
    return [
        {
            "kind": kind,
            "name": name,
            "help": help_text,
            "required": required,
            "read_by_evaluators": read_by_evaluators,
            "files": there.get(kind, []),
            "form": UploadForm(kind=kind, label=name),
        }
        for kind, name, help_text, required, read_by_evaluators in asked
    ]


def _check(request: HttpRequest, application: Application) -> HttpResponse:
    labels = {"plan": PlanForm.base_fields, "team": TeamTextForm.base_fields}
    sections = [
        (step, name, str(field.label), getattr(application, name))
        for step, fields in labels.items()
        for name, field in fields.items()
        if name in DRAFT_FIELDS and name != "applicant_type"
    ]
    context = {
        "flaws": application_flaws(application),
        "sections": sections,
        "members": application.team.all(),
        "slots": _slots(application),
    }
    return _page(request, application, "check", context)


def _saved(request: HttpRequest, application: Application, form: DraftForm) -> None:
    """Save, or say at the fields what another window saved. The second time this window's text wins."""
    saved = save_draft(
        by=signed_in(request),
        application=application,
        fields=form.typed(),
        seen=form.cleaned_data["seen"],
        keep_theirs=True,
    )
    tell_overwritten(form, application, saved)
    for name, message in saved.errors.items():
        form.add_error(name, message)


def _page(
    request: HttpRequest,
    application: Application,
    step: str,
    context: dict[str, Any],
    *,
    failed: bool = False,
) -> HttpResponse:
    names = list(STEPS)
    correction = application.corrections.first() if application.state == Application.State.RETURNED else None
    context |= {
        "application": application,
        "step": step,
        "steps": [
            {
                "name": name,
                "label": label,
                "current": name == step,
                "done": names.index(name) < names.index(step),
            }
            for name, label in STEPS.items()
        ],
        "correction": correction,
        "due": application.correction_due_at or application.call.closes_at,
    }
    return render(request, f"incubator/applicant/edit_{step}.html", context, status=422 if failed else 200)
