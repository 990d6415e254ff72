"""The pictures of public pages, where they lie on this machine's disk and not in a bucket."""

from errno import ENAMETOOLONG
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
@cache_control(public=True, max_age=30 * 24 * 60 * 60)
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture in a size that Wagtail made. Uploads as they came, and documents, have no address here."""
    try:
        return serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    except SuspiciousFileOperation:  # a way out of the folder; Django's answer logs where the folder lies
        raise Http404 from None
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            raise Http404 from None
        raise
