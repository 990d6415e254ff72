"""The door for Stripe's messages: checked, kept, answered. Acting upon them is the worker's part."""

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.payments import services, stripe
from core.whole_number import whole_number

MAX_BYTES = 1024 * 1024
log = structlog.get_logger(__name__)


@csrf_exempt  # a signature over the whole body says who sent it
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """200 once the event is stored, 400 for a bad signature, 413 for a message too long to be one."""
    if not services.is_online_payment_available():
        raise Http404
    if not 0 < (whole_number(request.META.get("CONTENT_LENGTH") or "") or 0) <= MAX_BYTES:
        return HttpResponse("too large", status=413, content_type="text/plain")
    try:
        event = stripe.verified(request.body, request.headers.get("Stripe-Signature", ""))
    except stripe.BadSignature:
        log.warning("payment_webhook_refused", reason="bad signature")
        return HttpResponse("bad signature", status=400, content_type="text/plain")
    services.store_event(event=event)
    return HttpResponse("stored", content_type="text/plain")
