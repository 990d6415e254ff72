from celery import shared_task

from core.notices.services.delivery import deliver, notices_to_deliver

BATCH = 200


@shared_task
def deliver_notice(notice_id: int) -> None:
    """Deliver one notice; doing it twice sends it once."""
    deliver(notice_id)


@shared_task
def deliver_waiting() -> int:
    """Deliver what a dead broker, worker or mail server left behind. Returns how many were sent."""
    return sum(deliver(pk) for pk in list(notices_to_deliver().values_list("pk", flat=True)[:BATCH]))
