"""What everybody may read about how personal data is handled (개인정보 처리방침)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.consents import current_texts
from core.accounts.models import ConsentText
from core.documents.issuer import issuer


@require_safe
def privacy_policy(request: HttpRequest) -> HttpResponse:
    """The texts in force for each purpose: what is collected, why, for how long, who gets it."""
    parts = [(purpose.label, current_texts(purpose)) for purpose in ConsentText.Purpose]
    in_force = [text.effective_on for _label, texts in parts for text in texts]
    context = {
        "parts": [(label, texts) for label, texts in parts if texts],
        "since": max(in_force, default=None),
        "issuer": issuer(),
        "log_days": settings.ACCESS_LOG_DAYS,
    }
    return render(request, "accounts/privacy_policy.html", context)
