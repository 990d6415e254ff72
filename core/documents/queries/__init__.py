from collections.abc import Iterable
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import Http404

from core.accounts.models import User
from core.documents.models import Document
from core.documents.registry import can_view


def documents_of(owner: Model) -> QuerySet[Document]:
    """The documents of ``owner``, oldest first. The caller has checked who may see ``owner``."""
    return documents_of_all([owner])


def documents_of_all(owners: Iterable[Model]) -> QuerySet[Document]:
    """The documents of several owners of one model in one query."""
    rows = list(owners)
    if not rows:
        return Document.objects.none()
    kind = ContentType.objects.get_for_model(rows[0])
    ids = [row.pk for row in rows]
    return Document.objects.filter(content_type_of_owner=kind, owner_id__in=ids).select_related("uploaded_by")


def document_for(user: User, key: UUID) -> Document:
    """The document if ``user`` may see it. Raises ``Http404`` as if there were none otherwise."""
    document = Document.objects.filter(key=key).select_related("uploaded_by").first()
    if document is None or not can_view(user, document.owner):
        raise Http404
    return document
