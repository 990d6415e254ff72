"""The start of an application: eligibility and consent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.accounts.consents import INCUBATION, current_texts, open_consents, record_consents
from core.accounts.requests import posted, signed_in
from core.errors import NotNow
from incubator.forms.applicant import StartForm
from incubator.models import Application
from incubator.queries.applications import application_to, latest_application_of
from incubator.queries.public import call_for_slug
from incubator.services.applications import start_application


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def call_apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the self-check, agree to the texts, and start writing."""
    user = signed_in(request)
    call = call_for_slug(slug)
    if call is None:
        raise Http404
    mine = application_to(user, call)
    if mine and mine.state != Application.State.WITHDRAWN:
        return (
            redirect("application_edit", mine.pk, "plan")
            if mine.is_editable
            else redirect("application_status", mine.pk)
        )
    now = clock.now()
    is_open = call.is_open(now)
    if request.method == "POST" and not is_open:
        raise NotNow(call.closed_message(now))
    agreed = {consent.text_id for consent in open_consents(user)}
    texts = current_texts(INCUBATION)
    initial = {f"consent-{text.pk}": text.pk in agreed for text in texts}
    form = StartForm(posted(request), call=call, texts=texts, initial=initial)
    if request.method == "POST" and form.is_valid():
        reused = mine is None and latest_application_of(user) is not None
        record_consents(by=user, texts=form.agreed())
        application = start_application(by=user, call=call, self_check=form.answers())
        if reused:
            messages.info(
                request, _("We took over what you wrote for your last application. Please check it.")
            )
        return redirect("application_edit", application.pk, "plan")
    context = {
        "call": call,
        "form": form,
        "is_open": is_open,
        "closed": call.closed_message(now),
    }
    return render(request, "incubator/applicant/start.html", context, status=422 if form.is_bound else 200)
