"""What happens in the incubator shows on the site: a published call gets its page."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.search import index

from cms.models import CallPage
from cms.services.pages import ensure_call_page
from core.workflow.signals import state_changed
from incubator.models import Call


def connect() -> None:
    state_changed.connect(show_published_call, sender=Call, dispatch_uid="cms.show_published_call")
    post_save.connect(refresh_call_words, sender=Call, dispatch_uid="cms.refresh_call_words")


def show_published_call(sender: type[Call], *, obj: Call, change: Any, **_extra: Any) -> None:
    if change.target == Call.State.PUBLISHED:
        ensure_call_page(call=obj)


def refresh_call_words(
    sender: type[Call], *, instance: Call, created: bool, raw: bool = False, **_e: Any
) -> None:
    """The page is found by the words of its call, so a changed call is indexed again."""
    if created or raw:
        return
    page = CallPage.objects.filter(call=instance).first()
    if page:
        index.insert_or_update_object(page)
