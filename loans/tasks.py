"""Celery is just another caller: look up ids, call a service."""

from datetime import date

from celery import shared_task

from core import clock
from loans.services import day_end


@shared_task
def close_day(on: str = "") -> None:
    """Bring all loans to a day, by default today."""
    day_end.close_day(date.fromisoformat(on) if on else clock.today())
