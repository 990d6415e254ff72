"""Granting claimed bonus points, from the application's page."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from rules.permissions import has_perm

from core.accounts.requests import signed_in
from incubator.models import BonusClaim
from incubator.queries.office import applications_for_staff
from incubator.services.screening import decide_bonus

ANSWERS = {"yes": True, "no": False}


@require_POST
def bonus(request: HttpRequest, pk: int) -> HttpResponse:
    claims = BonusClaim.objects.select_related("application", "rule")
    claim = get_object_or_404(claims, pk=pk, application__in=applications_for_staff(signed_in(request)))
    if not has_perm("incubator.screen_application", request.user, claim.application):
        raise PermissionDenied
    answer = request.POST.get("granted")
    if answer not in ANSWERS:
        raise BadRequest
    decide_bonus(by=signed_in(request), claim=claim, granted=ANSWERS[answer])
    messages.success(request, _("The bonus points were decided."))
    return redirect("incubator_applications:inspect", claim.application_id)
