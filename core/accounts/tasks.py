from celery import shared_task

from core.accounts.services import lapse_invitations


@shared_task
def end_invitations() -> int:
    """End the invitations that nobody answered in time. Returns how many."""
    return lapse_invitations()
