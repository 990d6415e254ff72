"""The pictures of public pages, where they lie on this machine's disk and not in a bucket."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
@cache_control(public=True, max_age=30 * 24 * 60 * 60)
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture in a size that Wagtail made. Uploads as they came, and documents, have no address here."""
    return serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
