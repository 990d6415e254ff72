"""The form in steps: plan, team, documents, check."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts.requests import posted, signed_in
from core.documents.forms import Place, UploadForm, attach_chosen
from core.documents.queries import documents_of
from core.drafts.forms import autosave_answer, carries, posted_marks, refusing_in_json, tell_overwritten
from core.forms import add_errors
from incubator.forms.applicant import (
    BonusForm,
    DraftForm,
    MemberForm,
    PlanForm,
    TeamTextForm,
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
    """The button “Remove” of one member: takes along all that stands on the page."""
    application = own_application(request, pk)
    form = _keep_team_text(request, application)
    remove_member(by=signed_in(request), application=application, member_id=member_pk)
    return _after_team(request, application, form, _keep_member(request, application), then="team")


@require_POST
@login_required
def application_file_remove(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The button “Remove” of one file: takes along all that stands on the page."""
    application = own_application(request, pk)
    _keep_bonuses(request, application)
    document = get_object_or_404(documents_of(application), key=key)
    detach_document(by=signed_in(request), application=application, document=document)
    messages.success(request, _("“%(name)s” was removed.") % {"name": document.original_name})
    return _after_documents(request, application, _keep_files(request, application), then="documents")


def _plan(request: HttpRequest, application: Application) -> HttpResponse:
    user = signed_in(request)
    form: DraftForm = PlanForm(posted(request), instance=application, user=user)
    if request.method == "POST" and form.is_valid():
        _saved(request, application, form)
        if not form.errors:
            return redirect("application_edit", application.pk, "team")
    return _page(request, application, "plan", {"form": form}, failed=bool(form.errors))


def _team(request: HttpRequest, application: Application) -> HttpResponse:
    """The text and the members. “Save” and “Add” stay here."""
    if request.method != "POST":
        return _team_page(request, application, TeamTextForm(instance=application), _new_member())
    form = _keep_team_text(request, application)
    stays = "stay" in request.POST or "add_member" in request.POST
    member_form = _keep_member(request, application)
    return _after_team(request, application, form, member_form, then="team" if stays else "documents")


def _keep_team_text(request: HttpRequest, application: Application) -> DraftForm:
    """Save the text, whichever button of its form was pressed."""
    if not carries(request, TeamTextForm):
        return TeamTextForm(instance=application)
    form = TeamTextForm(request.POST, instance=application)
    form.is_valid()
    _saved(request, application, form)
    return form


def _keep_member(request: HttpRequest, application: Application) -> MemberForm:
    """Add whom somebody has typed in, whichever button was pressed; who is not added stays on the form."""
    form = _new_member(request.POST)
    if "add_member" not in request.POST and not form.has_changed():
        return _new_member()
    if form.is_valid():
        try:
            add_member(by=signed_in(request), application=application, member=Member(**form.cleaned_data))
        except ValidationError as refused:
            add_errors(form, refused)
    return form if form.errors else _new_member()


def _new_member(data: QueryDict | None = None) -> MemberForm:
    return MemberForm(data, prefix="new")


def _after_team(
    request: HttpRequest, application: Application, form: DraftForm, member_form: MemberForm, *, then: str
) -> HttpResponse:
    if form.errors or member_form.errors:
        return _team_page(request, application, form, member_form)
    return redirect("application_edit", application.pk, then)


def _team_page(
    request: HttpRequest, application: Application, form: DraftForm, member_form: MemberForm
) -> HttpResponse:
    context = {"form": form, "member_form": member_form, "members": application.team.all()}
    return _page(request, application, "team", context, failed=bool(form.errors or member_form.errors))


def _documents(request: HttpRequest, application: Application) -> HttpResponse:
    """The claims and the files. “Go on” leads to the check, all else stays here."""
    if request.method != "POST":
        return _documents_page(request, application, {})
    _keep_bonuses(request, application)
    refused = _keep_files(request, application)
    then = "check" if "next" in request.POST else "documents"
    return _after_documents(request, application, refused, then=then)


def _keep_bonuses(request: HttpRequest, application: Application) -> None:
    """Claim what was ticked, whichever button was pressed."""
    form = BonusForm(request.POST, application=application)
    if form.is_valid():
        ticked, shown = ([rule.pk for rule in form.cleaned_data[name]] for name in ("rules", "shown"))
        claim_bonuses(by=signed_in(request), application=application, ticked=ticked, shown=shown)


def _keep_files(request: HttpRequest, application: Application) -> dict[str, UploadForm]:
    """Attach every file that was chosen. Returns what was refused."""

    def attach(place: Place, upload: "UploadedFile[Any]") -> None:
        attach_document(by=signed_in(request), application=application, kind=place.key, upload=upload)

    places = [slot["place"] for slot in _slots(application)]
    return attach_chosen(request, places, attach, pressed=request.POST.get("kind", ""))


def _after_documents(
    request: HttpRequest, application: Application, refused: dict[str, UploadForm], *, then: str
) -> HttpResponse:
    if refused:
        return _documents_page(request, application, refused)
    return redirect("application_edit", application.pk, then)


def _documents_page(
    request: HttpRequest, application: Application, refused: dict[str, UploadForm]
) -> HttpResponse:
    slots = _slots(application)
    for slot in slots:
        slot["form"] = refused.get(slot["kind"]) or UploadForm(place=slot["place"])
    context = {
        "slots": slots,
        "refused": list(refused.values()),
        "bonus_form": BonusForm(application=application) if application.call.bonus_rules.exists() else None,
    }
    return _page(request, application, "documents", context, failed=bool(refused))


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
            "place": Place(kind, name),
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
    """Save what can be read; say at the fields what another window saved. The second time this text wins."""
    saved = save_draft(
        by=signed_in(request),
        application=application,
        fields=form.typed(),
        seen=form.cleaned_data.get("seen"),
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
