from django.db.models import Q, QuerySet

from core import clock
from core.payments.models import StripeEvent


def waiting_events() -> QuerySet[StripeEvent]:
    """Stored, not processed, and due for another attempt."""
    due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=clock.now())
    return StripeEvent.objects.filter(
        due, processed_at__isnull=True, attempts__lt=StripeEvent.MAX_ATTEMPTS
    ).order_by("received_at", "pk")


def events_with_errors() -> QuerySet[StripeEvent]:
    """Not processed, and the last attempt failed: staff should look."""
    return StripeEvent.objects.filter(processed_at__isnull=True).exclude(error="")
