from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.documents.queries import document_for
from core.documents.registry import person_of
from core.privacy.requests import address_of
from core.privacy.services import record_access


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def document_download(request: HttpRequest, key: UUID) -> FileResponse:
    """The file, to whoever may see what it belongs to; for everybody else it does not exist."""
    assert request.user.is_authenticated  # noqa: S101 — login_required said so; for the type checker
    document = document_for(request.user, key)
    try:
        file = document.open()
    except FileNotFoundError as lost:
        raise Http404 from lost
    record_access(
        by=request.user,
        action="download",
        owner=person_of(document.owner) or document.uploaded_by,
        obj=document,
        ip=address_of(request),
    )
    response = FileResponse(
        file, as_attachment=True, filename=document.original_name, content_type=document.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
