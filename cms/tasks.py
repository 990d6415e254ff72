from celery import shared_task

from cms.services.news import tell_of_new_pages


@shared_task
def tell_news() -> int:
    """In the morning: tell those who want it what is new. Returns how many notices were written."""
    return tell_of_new_pages()
