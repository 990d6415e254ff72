from collections.abc import Iterator
from typing import Literal

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Subquery
from django.db.models.functions import Coalesce

from core import clock
from core.accounts.models import User
from core.privacy.models import AccessLog, AccessLogHead
from core.privacy.registry import data_subject
from core.privacy.requests import plain_address

Action = Literal["view", "download", "export", "change"]


@transaction.atomic
def record_access(
    *, by: User, action: Action, owner: User | None, obj: Model | type[Model], reason: str = "", ip: str = ""
) -> AccessLog:
    """Note that ``by`` dealt with the data of ``owner`` in ``obj``; a model stands for all its objects.

    Call it last in a transaction: the end of the chain stays locked until the commit.
    """
    head = end_of_the_chain()
    row = AccessLog(
        sequence=head.sequence + 1,
        at=clock.now(),
        by=by,
        ip=plain_address(ip) or None,
        owner=owner,
        action=action,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=0 if isinstance(obj, type) else obj.pk,
        reason=reason[:300],
        previous_hash=head.hash,
    )
    row.hash = row.computed_hash()
    row.save()
    head.sequence, head.hash = row.sequence, row.hash
    head.save()
    return row


def record_reading(*, by: User, obj: Model, reason: str = "", ip: str = "") -> AccessLog | None:
    """Note that ``by`` saw the page of ``obj``, where it is about a person and that is somebody else."""
    person = data_subject(obj)
    if person is None or person == by:
        return None
    return record_access(by=by, action="view", owner=person, obj=obj, reason=reason, ip=ip)


def end_of_the_chain() -> AccessLogHead:
    """Locked for the rest of the transaction."""
    rows = AccessLogHead.objects.select_for_update()
    head = rows.filter(pk=1).first()
    if head is None:  # the very first access
        AccessLogHead.objects.get_or_create(pk=1)
        head = rows.get(pk=1)
    return head


def verify_chain() -> Iterator[str]:
    """Every place where the log is not what was written: nothing when it is whole.

    It is read up to where it ended at the start; what is written meanwhile is the next proof's.
    """
    head = AccessLogHead.objects.first() or AccessLogHead()
    expected_sequence, expected_hash = head.first_sequence, head.first_follows
    rows = AccessLog.objects.filter(sequence__lte=head.sequence).order_by("sequence")
    for row in rows.iterator(chunk_size=2000):
        if row.sequence != expected_sequence:
            yield f"#{expected_sequence}–#{row.sequence - 1} missing"
        elif row.previous_hash != expected_hash:
            yield f"#{row.sequence} does not follow #{row.sequence - 1}"
        if row.hash != row.computed_hash():
            yield f"#{row.sequence} was changed"
        expected_sequence, expected_hash = row.sequence + 1, row.hash
    if (head.sequence + 1, head.hash) != (expected_sequence, expected_hash):
        yield f"the end is #{expected_sequence - 1}, but #{head.sequence} was written"
    # asked in one statement: a row that is written just now comes together with the new end
    end = Coalesce(Subquery(AccessLogHead.objects.values("sequence")[:1]), 0)
    if (beyond := AccessLog.objects.filter(sequence__gt=end).order_by("sequence").first()) is not None:
        yield f"#{beyond.sequence} stands beyond the end"
