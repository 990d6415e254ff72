"""Keeping and removing private files. A row never lacks its file; a file without a row is swept up."""

import hashlib
from datetime import date, timedelta
from functools import partial
from typing import IO, Any
from uuid import uuid4

import structlog
from django.core.files import File
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model

from core import clock
from core.accounts.models import User
from core.documents.models import Document
from core.documents.queries import documents_of
from core.documents.registry import can_change, person_of
from core.documents.uploads import check_upload, clean_name
from core.errors import NotAllowed
from core.privacy.services import record_access

SWEPT_DAYS = 7
log = structlog.get_logger(__name__)


def store_document(*, by: User, owner: Model, kind: str, upload: "UploadedFile[Any]") -> Document:
    """Keep ``upload`` as a new document of ``owner``.

    Raises ``NotAllowed`` when ``by`` may not add documents here and ``ValidationError`` with the reason when
    the file is not accepted.
    """
    if not can_change(by, owner):
        raise NotAllowed
    filetype = check_upload(upload)
    source: IO[bytes] = upload.file  # type: ignore[assignment]
    key = uuid4()
    stored_as = storages["private"].save(f"{clock.today():%Y/%m/%d}/{key.hex}", File(source))
    try:
        with transaction.atomic():
            return Document.objects.create(
                key=key,
                owner=owner,
                kind=kind,
                original_name=clean_name(upload.name or ""),
                stored_as=stored_as,
                size=upload.size or 0,
                content_type=filetype.content_type,
                sha256=_sha256(source),
                uploaded_by=by,
                uploaded_at=clock.now(),
            )
    except BaseException:
        storages["private"].delete(stored_as)
        raise


@transaction.atomic
def remove_document(*, by: User, document: Document) -> None:
    """Remove the row now and the file after the commit. Removing twice changes nothing."""
    if not can_change(by, document.owner):
        raise NotAllowed
    row = Document.objects.select_for_update().filter(pk=document.pk).first()
    if row is not None:
        _destroy(row, by=by, reason="removed")


@transaction.atomic
def destroy_documents(*, by: User, owner: Model) -> None:
    """Remove all documents of ``owner``, which is about to be erased. The caller has asked who may."""
    for row in documents_of(owner).select_for_update(of=("self",)):
        _destroy(row, by=by, reason="erased")


def _destroy(row: Document, *, by: User, reason: str) -> None:
    person = person_of(row.owner) or row.uploaded_by
    record_access(by=by, action="change", owner=person, obj=row, reason=reason)
    row.delete()
    transaction.on_commit(partial(storages["private"].delete, row.stored_as), robust=True)


def sweep_orphans(*, today: date) -> int:
    """Delete files of the past days that no row knows: their transaction was rolled back. Returns how many.

    Today's are left alone, since a transaction may still be under way.
    """
    swept = 0
    for days in range(1, SWEPT_DAYS + 1):
        swept += _sweep_folder(f"{today - timedelta(days=days):%Y/%m/%d}")
    if swept:
        log.info("orphaned_files_swept", count=swept)
    return swept


def _sweep_folder(folder: str) -> int:
    storage = storages["private"]
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return 0
    paths = {f"{folder}/{name}" for name in names}
    orphans = paths - set(Document.objects.filter(stored_as__in=paths).values_list("stored_as", flat=True))
    for path in orphans:
        storage.delete(path)
    return len(orphans)


def _sha256(file: Any) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()
