"""The access log is kept as long as the law and the settings want, and proved every night."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from core.privacy.models import AccessLog
from core.privacy.services.access import end_of_the_chain

LEAST = timedelta(days=366)
"""What the database never gives up, and a day: the trigger counts from the newest row."""


@transaction.atomic
def forget_accesses(*, before: datetime) -> int:
    """Let go of the rows before ``before``, from the beginning of the chain on. Returns how many.

    The head keeps where the chain now begins, so that a row missing from there on still shows.
    """
    head = end_of_the_chain()
    newest = AccessLog.objects.first()
    if newest is None:
        return 0
    first = AccessLog.objects.filter(at__gte=min(before, newest.at - LEAST)).order_by("sequence").first()
    if first is None or first.sequence <= head.first_sequence:
        return 0
    head.first_sequence, head.first_follows = first.sequence, first.previous_hash
    head.save()
    gone, _by_model = QuerySet(AccessLog).filter(sequence__lt=first.sequence).delete()
    return gone
