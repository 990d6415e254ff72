from celery import shared_task

from core import clock
from core.documents.services.store import sweep_orphans


@shared_task
def sweep_files() -> int:
    """Delete private files whose transaction was rolled back."""
    return sweep_orphans(today=clock.today())
